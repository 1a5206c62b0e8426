package org.descentlang.compiler.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.diagnostic.TerminalRenderer;
import org.descentlang.compiler.source.SourceFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wrong files and everything that is said about them: {@code errors/x.opt} and {@code errors/x.err}. With
 * {@code -Dgolden=overwrite} a difference is written to the file, and the test still fails.
 */
class ErrorMessagesTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "errors");

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".opt"))
                    .map(name -> name.substring(0, name.length() - ".opt".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void saysWhatIsExpected(String name) throws IOException {
        String actual = messages(name + ".opt", Files.readString(FOLDER.resolve(name + ".opt")));
        Path file = FOLDER.resolve(name + ".err");
        String expected = Files.exists(file) ? Files.readString(file) : "";
        if (!actual.equals(expected) && "overwrite".equals(System.getProperty("golden"))) {
            Files.writeString(file, actual);
            fail("%s was overwritten: read the difference before it is committed", file);
        }
        assertThat(actual).as(name).isNotEmpty().isEqualTo(expected);
    }

    private static String messages(String name, String text) {
        var compilation = Compiler.check(List.of(SourceFile.of(name, text)), CompilerOptions.DEFAULT);
        return new TerminalRenderer(false).render(compilation.problems());
    }
}
