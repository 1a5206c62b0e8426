package org.descentlang.compiler.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.descentlang.compiler.ast.Declaration;
import org.descentlang.compiler.ast.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
    @ParameterizedTest
    @ValueSource(strings = {"digits", "everything", "own_rules", "race", "w1", "w5", "w6"})
    void parsesWholeFiles(String name) {
        Golden.check(name + ".ast", AstPrinter.print(Parsed.sound(Golden.read(name + ".opt"))));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "⇒", quoteCharacter = '§', textBlock = """
            a + b * c                ⇒ (a + (b * c))
            a - b - c                ⇒ ((a - b) - c)
            a / b mod c @ d          ⇒ (((a / b) mod c) @ d)
            (a + b) * c              ⇒ ((a + b) * c)
            -x^2                     ⇒ (- (x ^ 2.0))
            2^-1                     ⇒ (2.0 ^ (- 1.0))
            2^3^4                    ⇒ (2.0 ^ (3.0 ^ 4.0))
            -a * b                   ⇒ ((- a) * b)
            a - -b                   ⇒ (a - (- b))
            p[0]^2                   ⇒ (p[0.0] ^ 2.0)
            f(a)[0][1]               ⇒ f(a)[0.0][1.0]
            a + 1 < b                ⇒ ((a + 1.0) < b)
            (a < b) == c             ⇒ ((a < b) == c)
            not a == b               ⇒ (not (a == b))
            not a and not b or c     ⇒ (((not a) and (not b)) or c)
            a or b and c             ⇒ (a or (b and c))
            x |> f(a)                ⇒ f!(x, a)
            x |> f(a, b = 2) |> g    ⇒ g!(f!(x, a, b = 2.0))
            a + x |> f               ⇒ f!((a + x))
            a or b |> f              ⇒ f!((a or b))
            f(1) then g(2) then h    ⇒ ((f(1.0) then g(2.0)) then h)
            a |> f then b            ⇒ (f!(a) then b)
            100 steps                ⇒ 100.0 STEPS
            1 epoch                  ⇒ 1.0 EPOCHS
            f(10 minutes, 3 samples) ⇒ f(10.0 MINUTES, 3.0 SAMPLES)
            70%                      ⇒ 0.7%
            7% mod 2                 ⇒ (0.07% mod 2.0)
            [a, 1, [b]]              ⇒ [a, 1.0, [b]]
            []                       ⇒ []
            (a, b)                   ⇒ tuple(a, b)
            ((a))                    ⇒ a
            columns(0 .. 63) / 16    ⇒ (columns(0.0 .. 63.0) / 16.0)
            columns(0..63)           ⇒ columns(0.0 .. 63.0)
            x[.., 0 .. 3]            ⇒ x[.., 0.0 .. 3.0]
            x[1 .., .. 2]            ⇒ x[1.0 .. ,  .. 2.0]
            mean(x, over = ..)       ⇒ mean(x, over = ..)
            norm(all g)              ⇒ norm(all g)
            all(all, all = all)      ⇒ all(all, all = all)
            validation.loss          ⇒ validation.loss
            true == false            ⇒ (true == false)
            "a \\"b\\" c"            ⇒ "a "b" c"
            mean(mean, init = init)  ⇒ mean(mean, init = init)
            scan + in + batch        ⇒ ((scan + in) + batch)
            α + alpha + β1 + β₁      ⇒ (((α + α) + β1) + β1)
            theta - ϑ                ⇒ (θ - θ)
            π * pi                   ⇒ (pi * pi)
            1.5e-3                   ⇒ 0.0015
            a // b                   ⇒ a
            a /* b */ + /**/ c       ⇒ (a + c)
            """)
    void parsesExpressions(String text, String expected) {
        var definition = (Declaration.Definition)
                Parsed.sound("function f(x) = " + text).declarations().getFirst();
        var body = (Statement.Return) definition.body().getFirst();
        assertThat(AstPrinter.expression(body.value())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\uFEFF// nothing but a comment\r\n",
                "package a.beta.for_",
                "function f(batch, epochs = 3 epochs, loss : f32[batch, loss]) = batch",
                "model step { steps = 3 steps = 4 data = epochs running = 5 weight w : f32 }",
                "model M { input\nstate\n:\nf32[batch]\noutput\nvalue=state }",
                "train train { model model data data loss loss metric metric steps 3 }",
                "train T { model M batch 64 epochs 40 seed 7 steps 100 stop when (a.b < 3 or c > -1e-3) and after 2 hours }",
                "train T { model M stop when validation.mae < 0.02 epochs 60 steps 3 }",
                "data D { from \"x\" split = column(1) seed = 3 split a 1, b 2 }",
                "loss l(x) = x loss m(x) = x init a = 1 init b = a",
                "layer l(x,) = f(x, 1,)",
                "schedule s = base * 2",
            })
    void acceptsWordsAsNamesAndAnyLayout(String text) {
        assertThat(Parsed.of(text).messages()).isEmpty();
    }

    @Test
    void aPackageIsSpelledAsWritten() {
        assertThat(Parsed.sound("package a.beta").packageName())
                .hasValueSatisfying(name -> assertThat(name.text()).isEqualTo("a.beta"));
    }

    @Test
    void placesCountCharactersOfTheText() {
        String text = "// 𝛼𝛼\nfunction f(x) = \"𝛼\" + 𝛽";
        var body = (Statement.Return)
                ((Declaration.Definition) Parsed.sound(text).declarations().getFirst())
                        .body()
                        .getFirst();
        assertThat(body.value().span().text()).isEqualTo("\"𝛼\" + 𝛽");
        assertThat(body.value().span().column()).isEqualTo(17);
    }
}
