package org.descentlang.compiler.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.diagnostic.TerminalRenderer;
import org.descentlang.compiler.lower.Overrides;
import org.descentlang.compiler.parse.Parser;
import org.descentlang.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of the language reference compiles. */
class LanguageReferenceTest {
    private static final Pattern EXAMPLE = Pattern.compile("```opt\n(.*?)```", Pattern.DOTALL);

    static List<String> examples() throws IOException {
        String reference = Files.readString(Path.of("..", "docs", "language.md"));
        return EXAMPLE.matcher(reference)
                .results()
                .map(example -> example.group(1))
                .toList();
    }

    @Test
    void thereAreExamples() throws IOException {
        assertThat(examples()).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isRight(String example) {
        var problems = new Problems();
        var unit = Parser.parse(SourceFile.of("example.opt", example), problems);
        Checker.check(List.of(unit), Overrides.none(), problems);
        assertThat(new TerminalRenderer(false).render(problems.sorted())).isEmpty();
    }
}
