package org.descentlang.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.descentlang.compiler.ir.Printer;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.Reader;
import org.descentlang.compiler.ir.Verifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule alone, where it must and where it must not apply. In a text, `%y` is the result, and `;` ends a line. */
final class RuleTest {
    private static final String READS = """
            %x = read input "x" : f32[4, 6]
            %z = read input "z" : f32[4, 6]
            %s = read scalar "s" : f32
            %v = read input "v" : f32[6]
            %i = read input "i" : i32[4, 6]
            %c = read input "c" : bool[4, 6]
            """;

    @Test
    void constantFolding() {
        var rule = new ConstantFolding();
        assertRewritten(
                rule, "%a = constant 2 : f32; %b = constant 3 : f32; %y = power %a, %b", "%y = constant 8 : f32");
        assertRewritten(rule, "%a = constant 2.5 : f32; %y = cast %a : i32", "%y = constant 2 : i32");
        assertRewritten(rule, "%a = constant 2 : i32; %y = compare less %a, %a", "%y = constant 0 : bool");
        assertRewritten(rule, "%a = extent size=[64]; %y = sqrt %a", "%y = constant 8 : f32");
        assertRewritten(
                rule,
                "%a = reshape %x : f32[24, 1]; %y = argmax axis=1 %a",
                "%a = constant 0 : i32; %y = broadcast axes=[] %a : i32[24]");
        assertKept(rule, "%y = extent size=[batch]");
        assertKept(rule, "%a = constant 2 : f32; %y = add %a, %s");
        assertKept(rule, "%a = constant 0 : f32; %y = log %a");
        assertKept(rule, "%a = constant 1 : f32; %y = stop_gradient %a");
    }

    @Test
    void commonSubexpressions() {
        assertRewritten(
                new CommonSubexpressions(),
                "%a = add %x, %z; %b = add %z, %x; %y = subtract %a, %b",
                "%a = add %x, %z; %y = subtract %a, %a");
        assertRewritten(
                new CommonSubexpressions(),
                "%a = random uniform place=1 : f32[3]; %b = random uniform place=1 : f32[3]; %y = add %a, %b",
                "%a = random uniform place=1 : f32[3]; %y = add %a, %a");
        assertKept(
                new CommonSubexpressions(),
                "%a = random uniform place=1 : f32[3]; %b = random uniform place=2 : f32[3]; %y = add %a, %b");
        assertKept(new CommonSubexpressions(), "%a = subtract %x, %z; %b = subtract %z, %x; %y = add %a, %b");
        assertKept(new CommonSubexpressions(), "%a = constant 0 : f32; %b = constant -0.0 : f32; %y = add %a, %b");
    }

    @Test
    void deadCode() {
        Program program = program("%a = exp %x; %b = log %a; %y = sqrt %x");
        assertThat(Printer.print(program)).isEqualTo(Printer.print(DeadCode.remove(program("%y = sqrt %x"))));
        assertThat(program.size()).isEqualTo(2);
    }

    @Test
    void stopGradientRemoval() {
        assertRewritten(new StopGradientRemoval(), "%a = stop_gradient %x; %y = exp %a", "%y = exp %x");
        assertKept(new StopGradientRemoval(), "%y = floor %x");
    }

    /** {@code n} is a number in every element. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1    | multiply %x, %n    | maximum %x, %k",
                "1    | multiply %n, %x    | maximum %x, %k",
                "1    | divide %x, %n      | maximum %x, %k",
                "0    | add %n, %x         | maximum %x, %k",
                "0    | add %x, %n         | maximum %x, %k",
                "0    | subtract %x, %n    | maximum %x, %k",
                "1    | power %x, %n       | maximum %x, %k",
                "0    | subtract %n, %x    | negate %x; %y = maximum %y1, %k",
                "-1   | multiply %x, %n    | negate %x; %y = maximum %y1, %k",
                "2    | power %x, %n       | multiply %x, %x; %y = maximum %y1, %k",
                "3    | power %x, %n       | multiply %x, %x; %y2 = multiply %y1, %x; %y = maximum %y2, %k",
                "0.5  | power %x, %n       | sqrt %x; %y = maximum %y1, %k"
            })
    void numbers(String number, String before, String after) {
        String k = "%k = multiply %x, %z; ";
        String constant = "%one = constant " + number + " : f32; %n = broadcast axes=[] %one : f32[4, 6]; ";
        String expected = after.contains("; %y") ? "%y1 = " + after : "%y = " + after;
        assertRewritten(
                new ArithmeticIdentities(), k + constant + "%a = " + before + "; %y = maximum %a, %k", k + expected);
    }

    @Test
    void arithmeticIdentities() {
        var rule = new ArithmeticIdentities();
        assertRewritten(rule, "%a = negate %x; %b = negate %a; %y = exp %b", "%y = exp %x");
        assertRewritten(rule, "%a = negate %x; %y = add %z, %a", "%y = subtract %z, %x");
        assertRewritten(rule, "%a = negate %x; %y = add %a, %z", "%y = subtract %z, %x");
        assertRewritten(rule, "%a = negate %x; %y = subtract %z, %a", "%y = add %z, %x");
        assertRewritten(rule, "%a = maximum %x, %x; %y = exp %a", "%y = exp %x");
        assertRewritten(rule, "%a = cast %x : f32[4, 6]; %y = exp %a", "%y = exp %x");
        assertRewritten(rule, "%a = select %c, %x, %x; %y = exp %a", "%y = exp %x");
        assertRewritten(rule, "%t = constant 1 : bool; %a = select %t, %s, %s; %y = exp %a", "%y = exp %s");
        assertRewritten(
                rule, "%n = constant 8 : f32; %y = divide %s, %n", "%n = constant 0.125 : f32; %y = multiply %s, %n");
        assertRewritten(rule, "%n = constant 0 : f32; %y = power %s, %n", "%y = constant 1 : f32");
        assertRewritten(rule, "%n = constant -1 : f32; %y = power %s, %n", "%n = constant 1 : f32; %y = divide %n, %s");
    }

    @Test
    void arithmeticThatWouldChangeResultsIsKept() {
        var rule = new ArithmeticIdentities();
        assertKept(rule, "%n = constant 0 : f32; %y = multiply %s, %n");
        assertKept(rule, "%n = constant 10 : f32; %y = divide %s, %n");
        assertKept(rule, "%n = constant 1.0E-45 : f32; %y = divide %s, %n");
        assertKept(rule, "%n = constant 0 : f32; %y = divide %s, %n");
        assertKept(rule, "%n = constant 2 : i32; %m = broadcast axes=[] %n : i32[4, 6]; %y = divide %i, %m");
        assertKept(rule, "%n = constant 2.5 : f32; %y = power %s, %n");
        assertKept(rule, "%y = subtract %x, %x");
        assertKept(rule, "%y = cast %i : f32[4, 6]");
    }

    @Test
    void layoutIdentities() {
        var rule = new LayoutIdentities();
        assertRewritten(rule, "%a = reshape %x : f32[4, 6]; %y = exp %a", "%y = exp %x");
        assertRewritten(rule, "%a = reshape %x : f32[24]; %y = reshape %a : f32[3, 8]", "%y = reshape %x : f32[3, 8]");
        assertRewritten(
                rule, "%a = transpose axes=[1, 0] %x; %b = transpose axes=[1, 0] %a; %y = exp %b", "%y = exp %x");
        assertRewritten(
                rule,
                "%a = broadcast axes=[1] %v : f32[4, 6]; %y = broadcast axes=[0, 2] %a : f32[4, 5, 6]",
                "%y = broadcast axes=[2] %v : f32[4, 5, 6]");
        assertRewritten(rule, "%a = slice axis=0 start=0 length=4 %x; %y = exp %a", "%y = exp %x");
        assertRewritten(rule, "%a = pad axis=0 before=0 after=0 %x; %y = exp %a", "%y = exp %x");
        assertRewritten(rule, "%a = reduce product axes=[] %x; %y = exp %a", "%y = exp %x");
        assertRewritten(rule, "%a = concat axis=1 %x; %y = exp %a", "%y = exp %x");
        assertRewritten(rule, "%a = concat axis=1 %x, %z; %y = concat axis=1 %x, %a", "%y = concat axis=1 %x, %x, %z");
        assertRewritten(
                rule, "%a = concat axis=1 %x, %z; %b = slice axis=1 start=6 length=6 %a; %y = exp %b", "%y = exp %z");
        assertRewritten(
                rule,
                "%a = broadcast axes=[] %s : f32[4, 6]; %y = slice axis=1 start=1 length=3 %a",
                "%y = broadcast axes=[] %s : f32[4, 3]");
        assertRewritten(
                rule,
                "%a = broadcast axes=[] %s : f32[4, 6]; %y = transpose axes=[1, 0] %a",
                "%y = broadcast axes=[] %s : f32[6, 4]");
    }

    @Test
    void movementsThatMoveAreKept() {
        var rule = new LayoutIdentities();
        assertKept(rule, "%y = reshape %x : f32[6, 4]");
        assertKept(rule, "%y = transpose axes=[1, 0] %x");
        assertKept(rule, "%a = broadcast axes=[1] %v : f32[4, 6]; %y = transpose axes=[1, 0] %a");
        assertKept(rule, "%a = concat axis=1 %x, %z; %y = slice axis=1 start=5 length=6 %a");
        assertKept(rule, "%a = concat axis=1 %x, %z; %y = slice axis=0 start=1 length=2 %a");
        assertKept(rule, "%a = concat axis=1 %x, %z; %y = concat axis=0 %a, %a");
    }

    @Test
    void broadcastAfterwards() {
        var rule = new BroadcastAfterwards();
        assertRewritten(
                rule,
                "%a = broadcast axes=[1] %v : f32[4, 6]; %b = broadcast axes=[] %s : f32[4, 6]; %y = multiply %a, %b",
                "%b = broadcast axes=[] %s : f32[6]; %m = multiply %v, %b; %y = broadcast axes=[1] %m : f32[4, 6]");
        assertRewritten(
                rule,
                "%a = broadcast axes=[] %s : f32[4, 6]; %y = exp %a",
                "%e = exp %s; %y = broadcast axes=[] %e : f32[4, 6]");
        assertKept(rule, "%a = broadcast axes=[] %s : f32[4, 6]; %y = multiply %a, %x");
        assertKept(
                rule,
                "%w = read input \"w\" : f32[4]; %a = broadcast axes=[1] %v : f32[4, 6];"
                        + "%b = broadcast axes=[0] %w : f32[4, 6]; %y = multiply %a, %b");
    }

    @Test
    void reshapeAfterwards() {
        var rule = new ReshapeAfterwards();
        assertRewritten(
                rule,
                "%a = reshape %x : f32[24]; %b = reshape %z : f32[24]; %y = multiply %a, %b",
                "%m = multiply %x, %z; %y = reshape %m : f32[24]");
        assertRewritten(
                rule,
                "%a = reshape %x : f32[24]; %b = broadcast axes=[] %s : f32[24]; %y = multiply %a, %b",
                "%b = broadcast axes=[] %s : f32[4, 6]; %m = multiply %x, %b; %y = reshape %m : f32[24]");
        assertKept(rule, "%w = read input \"w\" : f32[24]; %a = reshape %x : f32[24]; %y = multiply %a, %w");
        assertKept(
                rule,
                "%w = read input \"w\" : f32[6, 4]; %a = reshape %x : f32[24]; %b = reshape %w : f32[24];"
                        + "%y = multiply %a, %b");
        assertKept(rule, "%a = reshape %x : f32[24]; %y = reduce sum axes=[0] %a");
    }

    @Test
    void negateAfterSum() {
        var rule = new NegateAfterSum();
        assertRewritten(
                rule, "%n = negate %x; %y = reduce sum axes=[0] %n", "%r = reduce sum axes=[0] %x; %y = negate %r");
        assertKept(rule, "%n = negate %x; %y = reduce maximum axes=[0] %n");
        assertKept(rule, "%n = abs %x; %y = reduce sum axes=[0] %n");
    }

    @Test
    void reduceOfBroadcast() {
        var rule = new ReduceOfBroadcast();
        assertRewritten(
                rule,
                "%a = broadcast axes=[1] %v : f32[4, 6]; %y = reduce sum axes=[0] %a",
                "%r = reduce sum axes=[] %v; %n = extent size=[4]; %m = broadcast axes=[] %n : f32[6];"
                        + "%p = multiply %r, %m; %y = broadcast axes=[0] %p : f32[6]");
        assertRewritten(
                rule,
                "%a = broadcast axes=[2] %v : f32[5, 4, 6]; %y = reduce maximum axes=[1, 2] %a",
                "%r = reduce maximum axes=[0] %v; %y = broadcast axes=[] %r : f32[5]");
        assertKept(rule, "%a = broadcast axes=[1] %v : f32[4, 6]; %y = reduce sum axes=[1] %a");
        assertKept(rule, "%a = broadcast axes=[1] %v : f32[4, 6]; %y = reduce product axes=[0] %a");
    }

    @Test
    void transposeIntoMatMul() {
        var rule = new TransposeIntoMatMul();
        assertRewritten(rule, "%t = transpose axes=[1, 0] %z; %y = matmul %x, %t", "%y = matmul right %x, %z");
        assertRewritten(
                rule, "%t = transpose axes=[1, 0] %x; %y = matmul left right %t, %z", "%y = matmul right %x, %z");
        assertKept(rule, "%a = reshape %x : f32[2, 2, 6]; %t = transpose axes=[1, 0, 2] %a; %y = matmul right %t, %z");
    }

    @Test
    void padsToConcat() {
        var rule = new PadsToConcat();
        String a = "%a = pad axis=1 before=0 after=8 %x; ";
        assertRewritten(
                rule,
                a + "%b = pad axis=1 before=6 after=2 %z; %y = add %b, %a",
                "%j = concat axis=1 %x, %z; %y = pad axis=1 before=0 after=2 %j");
        assertKept(rule, a + "%b = pad axis=1 before=5 after=3 %z; %y = add %a, %b");
        assertKept(rule, a + "%b = pad axis=1 before=7 after=1 %z; %y = add %a, %b");
        assertKept(rule, a + "%b = pad axis=1 before=6 after=2 %z; %y = subtract %a, %b");
    }

    @Test
    void divisionByScalar() {
        var rule = new DivisionByScalar();
        assertRewritten(
                rule,
                "%b = broadcast axes=[] %s : f32[4, 6]; %y = divide %x, %b",
                "%o = constant 1 : f32; %q = divide %o, %s; %b = broadcast axes=[] %q : f32[4, 6]; %y = multiply %x, %b");
        assertKept(rule, "%y = divide %x, %z");
        assertKept(rule, "%b = broadcast axes=[1] %v : f32[4, 6]; %y = divide %x, %b");
        assertKept(rule, "%y = divide %s, %s");
    }

    @Test
    void compareAfterMaximum() {
        var rule = new CompareAfterMaximum();
        String maximum = "%a = maximum %x, %z; ";
        assertRewritten(
                rule,
                maximum + "%g = compare greater %x, %z; %y = select %g, %a, %z",
                maximum + "%g = compare greater %a, %z; %y = select %g, %a, %z");
        assertRewritten(
                rule,
                "%g = compare less_or_equal %x, %z; " + maximum + "%y = select %g, %z, %a",
                maximum + "%g = compare less_or_equal %a, %z; %y = select %g, %z, %a");
        assertKept(rule, maximum + "%g = compare less %x, %z; %y = select %g, %a, %z");
        assertKept(rule, "%g = compare greater %x, %z; %y = select %g, %x, %z");
    }

    @Test
    void choiceOfLarger() {
        var rule = new ChoiceOfLarger();
        String zero = "%n = constant 0 : f32; %b = broadcast axes=[] %n : f32[4, 6]; ";
        for (String less : List.of("less", "less_or_equal")) {
            assertRewritten(
                    rule,
                    zero + "%g = compare " + less + " %x, %b; %y = select %g, %b, %x",
                    zero + "%y = maximum %x, %b");
        }
        for (String greater : List.of("greater", "greater_or_equal")) {
            assertRewritten(
                    rule,
                    zero + "%g = compare " + greater + " %x, %b; %y = select %g, %b, %x",
                    zero + "%y = minimum %x, %b");
        }
        assertKept(rule, zero + "%g = compare greater %x, %b; %y = select %g, %x, %b");
        assertKept(rule, zero + "%g = compare equal %x, %b; %y = select %g, %b, %x");
        assertKept(rule, zero + "%g = compare less %z, %b; %y = select %g, %b, %x");
        assertKept(rule, "%g = compare less %x, %z; %y = select %g, %z, %x");
    }

    @Test
    void aConditionIsAskedOnce() {
        var rule = new ArithmeticIdentities();
        String condition = "%g = compare less %x, %z; %a = abs %x; ";
        assertRewritten(
                rule,
                condition + "%t = select %g, %x, %z; %y = select %g, %a, %t",
                condition + "%y = select %g, %a, %z");
        assertRewritten(
                rule,
                condition + "%t = select %g, %x, %z; %y = select %g, %t, %a",
                condition + "%y = select %g, %x, %a");
        assertKept(rule, condition + "%h = compare less %z, %x; %t = select %h, %x, %z; %y = select %g, %a, %t");
    }

    private static void assertRewritten(Rule rule, String before, String after) {
        Program rewritten = DeadCode.remove(Rewriter.rewrite(program(before), List.of(rule)));
        Verifier.verify(rewritten);
        assertThat(Printer.print(rewritten)).isEqualTo(Printer.print(program(after)));
    }

    private static void assertKept(Rule rule, String text) {
        assertRewritten(rule, text, text);
    }

    private static Program program(String lines) {
        String text = "program \"p\"\n" + READS + lines.replace(";", "\n") + "\noutput result \"y\" = %y\n";
        return DeadCode.remove(Reader.read(text));
    }
}
