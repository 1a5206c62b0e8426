package org.descentlang.compiler.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.descentlang.compiler.ast.Declaration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxErrorTest {
    private static final String SEPARATOR = "\n----\n";

    /** The file holds wrong texts, each followed by its messages as comments that start with `//!`. */
    @Test
    void saysWhatIsWrongAndWhere() {
        String file = Golden.read("errors.txt");
        String actual = Arrays.stream(file.split(SEPARATOR))
                .map(SyntaxErrorTest::withoutMessages)
                .map(text -> text + withMessages(text))
                .collect(Collectors.joining(SEPARATOR));
        Golden.check("errors.txt", actual);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "function f(x) = (x",
                "function f(x) = x)",
                "function f(x) = x |>",
                "function f(x) = \u0000",
                "function f(x) = 1e999",
                "function f(x, = x",
                "data D { from \"abc\n}",
                "model M { output x = 3",
                "model M { output x = 3 }}",
                "model M { output x = (3 ] }",
                "model { output x = 3 }",
                "train T { lose x }",
                "train T { loss }",
            })
    void oneMistakeGivesOneMessageAndHidesNoOther(String wrong) {
        String second = "\nmodel N { wieght w : f32 = 0 }\nmodel Sound { output y = 1 }\n";
        Parsed parsed = Parsed.of(wrong + second);
        assertThat(parsed.messages()).as(wrong).hasSize(2);
        assertThat(parsed.messages().getLast()).contains("`wieght` is not a statement; did you mean `weight`?");
        assertThat(parsed.unit().declarations().stream().map(Declaration::name).map(Object::toString))
                .contains("N", "Sound");
    }

    static Stream<String> declarationsWithOneMistake() {
        return Stream.of("model", "layer", "loss").map(word -> word + " A(x) { y = 3 + }");
    }

    @ParameterizedTest
    @MethodSource("declarationsWithOneMistake")
    void keepsTheDeclarationAroundAMistake(String wrong) {
        Parsed parsed = Parsed.of(wrong);
        assertThat(parsed.messages()).hasSize(1);
        assertThat(parsed.unit().declarations()).hasSize(1);
    }

    private static String withoutMessages(String text) {
        return text.lines()
                .filter(line -> !line.startsWith("//!"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static String withMessages(String text) {
        return Parsed.of(text).problems().stream()
                .map(problem -> "//! " + problem.primary().span().line() + ":"
                        + problem.primary().span().column() + " "
                        + problem.code().id() + " " + problem.title()
                        + problem.help().map(help -> " | " + help).orElse(""))
                .collect(Collectors.joining("\n"));
    }
}
