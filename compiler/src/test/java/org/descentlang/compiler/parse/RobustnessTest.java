package org.descentlang.compiler.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RobustnessTest {
    private static final List<String> SEEDS = List.of("digits", "everything", "own_rules", "race", "w1", "w6");
    private static final List<String> SNIPPETS = List.of(
            "{", "}", "(", ")", "[", "]", "\"", "/*", "*/", "//", "\n", "\u0000", "\ud800", "\udc00", "𝛼", "١",
            "\u202e", "..", ".", "1e999", "5 steps", "←", "<-", "|>", "then", "for", "model", "train", "= ", "not", "-",
            "^", "%", "θ", "\\");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "[",
                "{",
                "-",
                "not ",
                "1 ^ ",
                "f(",
                "x[",
                "1 + ",
                "x |> f |> ",
                "a then ",
                "if x { } else ",
                "((([[",
                "( ]",
                ") ",
                "} ",
                "/* ",
                "\" ",
                "\\",
                "function f(x) = ",
                "model M { ",
                "9",
                "9.",
                "1e9",
                "a.",
                "a, ",
                "\u0000",
                "\ud800",
                "// \n",
                "/** */",
                "import \"a\" ",
                "x\n",
                "0..",
                "train T { lose x } ",
                "for i in 1 .. 2 { ",
                "x = 3 ",
                "* ",
                "f(x) "
            })
    void repetitionIsReadInLinearTime(String piece) {
        String repeated = piece.repeat(20_000);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            Parsed.of(repeated);
            Parsed.of("model M { x = " + repeated + " }");
            Parsed.of("train M { loss " + repeated + " }");
        });
    }

    @Test
    void nestingHasALimit() {
        assertThat(Parsed.of(nested("(", "x", ")", Nesting.LIMIT - 3)).problems())
                .isEmpty();
        assertThat(Parsed.of(nested("-", "x", "", Nesting.LIMIT - 3)).problems())
                .isEmpty();
        for (String opener : List.of("(", "[", "f(", "-", "2^", "x + ", "not ", "x |> f then ")) {
            assertThat(Parsed.of(nested(opener, "x", "", 100_000)).problems())
                    .as(opener)
                    .extracting(Problem::code)
                    .contains(Code.TOO_DEEP)
                    .hasSize(1);
        }
    }

    @Test
    void longFilesAreReadOrRefused() {
        String body = "function f(x) = x * (x + 1) / 2 - x^2\n";
        assertThat(Parsed.of(body.repeat(20_000)).unit().declarations()).hasSize(20_000);
        assertThat(Parsed.of(body.repeat(300_000)).problems())
                .extracting(Problem::code)
                .containsExactly(Code.FILE_TOO_LARGE);
    }

    @Test
    void longNumbersAreNumbersOrRefused() {
        assertThat(Parsed.of("init a = 0." + "1".repeat(100_000)).problems()).isEmpty();
        assertThat(Parsed.of("init a = " + "1".repeat(100_000)).problems())
                .extracting(Problem::code)
                .containsExactly(Code.BAD_NUMBER);
    }

    /** A few characters or words deleted, doubled, swapped or put in, from a fixed seed. */
    @Test
    void noMutationThrows() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        for (int i = 0; i < 3000; i++) {
            String text = Golden.read(SEEDS.get(random.nextInt(SEEDS.size())) + ".opt");
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                text = mutate(text, random);
            }
            Parsed parsed = Parsed.of(text);
            for (Problem problem : parsed.problems()) {
                assertSane(problem, text);
            }
        }
    }

    private static void assertSane(Problem problem, String text) {
        var span = problem.primary().span();
        assertThat(problem.title())
                .as(text)
                .isNotBlank()
                .doesNotContain("null", "<EOF>", "Exception")
                .hasLineCount(1);
        assertThat(span.end()).as(text).isBetween(span.start(), text.length());
        assertThat(span.column()).as(text).isBetween(1, text.length() + 1);
    }

    private static String mutate(String text, RandomGenerator random) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + 1 + random.nextInt(random.nextInt(10) == 0 ? 200 : 8));
        String snippet = SNIPPETS.get(random.nextInt(SNIPPETS.size()));
        return switch (random.nextInt(5)) {
            case 0 -> text.substring(0, at) + text.substring(end);
            case 1 -> text.substring(0, at) + snippet + text.substring(at);
            case 2 -> text.substring(0, at) + snippet + text.substring(end);
            case 3 -> text.substring(0, end) + text.substring(at);
            default -> text.substring(0, at) + (char) random.nextInt(0x10000) + text.substring(at);
        };
    }

    private static String nested(String opener, String inside, String closer, int depth) {
        return "init a = " + opener.repeat(depth) + inside + closer.repeat(depth);
    }
}
