package org.descentlang.compiler.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.source.SourceFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each code has a page, and the first example on it makes the mistake; with `…` it is a fragment and not checked. */
class ErrorPagesTest {
    private static final Path FOLDER = Path.of("..", "docs", "errors");
    private static final Pattern EXAMPLE = Pattern.compile("```opt\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @EnumSource
    void describesAndShowsTheMistake(Code code) throws IOException {
        String page = Files.readString(FOLDER.resolve(code.id() + ".md"));
        assertThat(page).startsWith("# " + code.id() + ": ");
        var example = EXAMPLE.matcher(page);
        if (example.find() && !example.group(1).contains("…")) {
            assertThat(codes(example.group(1))).as(page).contains(code);
        }
    }

    private static List<Code> codes(String text) {
        var compilation = Compiler.check(List.of(SourceFile.of("page.opt", text)), CompilerOptions.DEFAULT);
        return compilation.problems().stream().map(Problem::code).toList();
    }
}
