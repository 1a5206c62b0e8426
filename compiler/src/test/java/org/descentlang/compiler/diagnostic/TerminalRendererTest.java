package org.descentlang.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.compiler.source.Span;
import org.junit.jupiter.api.Test;

class TerminalRendererTest {
    private final Renderer renderer = new TerminalRenderer(false);

    @Test
    void showsPlaceCauseAndHelp() {
        var source = SourceFile.of("src/main/opt/shape.opt", """
                package errors.shape
                model Bad {
                    input image : f32[batch, 784]
                    weight head : f32[64, 10] = glorot_uniform
                    hidden = image |> dense(128) |> relu
                    output scores = hidden @ head
                }
                """);
        var problem = Problem.at(
                        span(source, "hidden @ head"),
                        Code.MATRIX_PRODUCT,
                        "`@` needs as many rows on its right as columns on its left, but 64 is not 128")
                .label("`hidden` is f32[batch, 128], `head` is f32[64, 10]")
                .also(span(source, "64"), "64 rows")
                .help("declare `head` with 128 rows: `weight head : f32[128, 10]`");
        assertThat(renderer.render(problem)).isEqualTo("""
                error[D203]: `@` needs as many rows on its right as columns on its left, but 64 is not 128
                  --> src/main/opt/shape.opt:6:21
                   |
                 4 |     weight head : f32[64, 10] = glorot_uniform
                   |                       -- 64 rows
                   …
                 6 |     output scores = hidden @ head
                   |                     ^^^^^^^^^^^^^ `hidden` is f32[batch, 128], `head` is f32[64, 10]
                   |
                   = help: declare `head` with 128 rows: `weight head : f32[128, 10]`""");
    }

    @Test
    void pointsInTwoFiles() {
        var layers = SourceFile.of("layers.opt", "\n".repeat(11) + "layer wide(x : f32[.., n]) = x @ w\n");
        var user = SourceFile.of("net.opt", "model Net { y = x |> wide }\n");
        var problem = Problem.at(span(layers, "w\n", 1), Code.UNKNOWN_NAME, "there is no `w` here")
                .also(span(user, "wide"), "used here");
        assertThat(renderer.render(problem))
                .isEqualTo("""
                error[D101]: there is no `w` here
                  --> layers.opt:12:34
                    |
                 12 | layer wide(x : f32[.., n]) = x @ w
                    |                                  ^
                  ::: net.opt:1:22
                    |
                  1 | model Net { y = x |> wide }
                    |                      ---- used here""".replace("  -->", "   -->").replace("  :::", "   :::"));
    }

    @Test
    void labelsOfNeighbouringLinesNeedNoGap() {
        var source = SourceFile.of("a.opt", "ab\ncd\n");
        var problem = Problem.at(span(source, "cd"), Code.SYNTAX, "no")
                .also(span(source, "a"), "")
                .also(span(source, "b"), "b");
        assertThat(renderer.render(problem))
                .isEqualTo("""
                error[D001]: no
                 --> a.opt:2:1
                  |
                1 | ab
                  | -
                  |  - b
                2 | cd
                  | ^^""".indent(1).stripTrailing().substring(1));
    }

    @Test
    void caretsStandUnderTabsGreekCombiningAndWideCharacters() {
        assertThat(excerpt("\tlr = x", "x")).containsExactly("     lr = x", "          ^");
        assertThat(excerpt("θ ← α * v", "v")).containsExactly(" θ ← α * v", "         ^");
        assertThat(excerpt("// e\u0301: x", "x")).containsExactly(" // e\u0301: x", "       ^");
        assertThat(excerpt("// 損失 x", "x")).containsExactly(" // 損失 x", "         ^");
        assertThat(excerpt("// 損失 x", "失")).containsExactly(" // 損失 x", "      ^^");
        assertThat(excerpt("// 😀 x", "x")).containsExactly(" // 😀 x", "       ^");
    }

    @Test
    void nothingInASourceReachesTheTerminalAsACommand() {
        assertThat(excerpt("a \u001b[31m \u202e x", "x")).containsExactly(" a �[31m � x", "           ^");
        var source = SourceFile.of("\u001b[2J.opt", "x");
        var problem = Problem.at(span(source, "x"), Code.SYNTAX, "\u0007")
                .label("\u0000")
                .help("\u001b[2J");
        assertThat(renderer.render(problem)).doesNotContain("\u001b", "\u0007", "\u0000");
    }

    @Test
    void endOfFileGetsOneCaretAfterTheText() {
        var source = SourceFile.of("a.opt", "model M {");
        var problem = Problem.at(new Span(source, 9, 9), Code.SYNTAX, "a `}` is missing");
        assertThat(renderer.render(problem)).endsWith(" 1 | model M {\n   |          ^");
        var empty = SourceFile.of("a.opt", "");
        assertThat(renderer.render(Problem.at(new Span(empty, 0, 0), Code.SYNTAX, "nothing is declared")))
                .endsWith("1:1\n   |\n 1 |\n   | ^");
    }

    @Test
    void aPlaceOfSeveralLinesIsMarkedOnItsFirst() {
        var source = SourceFile.of("a.opt", "loss f(a,  \n  b)");
        assertThat(renderer.render(Problem.at(span(source, "f(a,  \n  b)"), Code.SYNTAX, "no")))
                .endsWith(" 1 | loss f(a,\n   |      ^^^^");
    }

    @Test
    void longLinesAreClippedAroundThePlace() {
        String line = "a".repeat(1000) + " bad " + "c".repeat(1000);
        List<String> shown = excerpt(line, "bad");
        assertThat(shown.getFirst())
                .hasSize(123)
                .startsWith(" …aaa")
                .contains(" bad ")
                .endsWith("ccc…");
        assertThat(shown.getLast().indexOf('^')).isEqualTo(shown.getFirst().indexOf("bad"));
        assertThat(excerpt("b".repeat(5000), "b".repeat(5000)))
                .containsExactly(" " + "b".repeat(120) + "…", " " + "^".repeat(121));
    }

    @Test
    void coloursAddNothingButColours() {
        var source = SourceFile.of("a.opt", "lose value");
        var problem = Problem.at(span(source, "lose"), Code.UNKNOWN_CLAUSE, "no `lose`")
                .label("here")
                .help("write `loss`");
        String coloured = new TerminalRenderer(true).render(problem);
        assertThat(coloured).contains("\u001b[1;31merror[D002]\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(renderer.render(problem));
    }

    @Test
    void severalProblemsHaveAnEmptyLineBetween() {
        var source = SourceFile.of("a.opt", "x");
        var problem = Problem.at(span(source, "x"), Code.SYNTAX, "no");
        assertThat(renderer.render(List.of(problem, problem)).split("\n\n")).hasSize(2);
        assertThat(renderer.render(List.of(problem, problem)).lines()).noneMatch(line -> line.endsWith(" "));
    }

    /** The source line and the marks under it, without the gutter. */
    private List<String> excerpt(String line, String marked) {
        var source = SourceFile.of("a.opt", line);
        return renderer.render(Problem.at(span(source, marked), Code.SYNTAX, "no"))
                .lines()
                .skip(3)
                .map(shown -> shown.substring(shown.indexOf('|') + 1))
                .toList();
    }

    private static Span span(SourceFile source, String marked) {
        return span(source, marked, marked.length());
    }

    private static Span span(SourceFile source, String marked, int length) {
        int start = source.text().indexOf(marked);
        return new Span(source, start, start + length);
    }
}
