package org.descentlang.compiler.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.descentlang.compiler.type.Dim;
import org.junit.jupiter.api.Test;

final class PrinterTest {
    private static final List<Dim> SIZES = List.of(Dim.of(1), Dim.of(3), Dim.of(7), Dim.BATCH, new Dim(2, 2));

    @Test
    void printsOneLineForEachInstruction() {
        String text = """
                program "step"
                %0 = read input "image" : f32[2 * batch^2, 64]
                %1 = read parameter "head.\\"w\\"" : f32[10, 64]
                %2 = matmul right %0, %1 : f32[2 * batch^2, 10]
                %3 = reduce sum axes=[0, 1] %2 : f32
                %4 = constant -1.0E-5 : f32
                %5 = power %3, %4 : f32
                output result "loss" = %5
                """;
        assertThat(Printer.print(Reader.read(text))).isEqualTo(text);
    }

    @Test
    void randomProgramsAreReadBack() {
        LongStream.range(0, 200).forEach(seed -> {
            Program program = RandomPrograms.any(seed, 25, SIZES);
            Program again = Reader.read(Printer.print(program));
            assertThat(again).isEqualTo(program);
        });
    }

    @Test
    void randomProgramsHaveEveryOperation() {
        var found = new HashSet<Class<?>>();
        LongStream.range(0, 200)
                .forEach(seed -> RandomPrograms.any(seed, 25, SIZES)
                        .instructions()
                        .forEach(instruction -> found.add(instruction.op().getClass())));
        // Loops have programs of their own: emit.RepeatedBlocksTest.
        var withoutLoops = records(Op.class);
        withoutLoops.removeAll(records(Op.Region.class));
        assertThat(found).containsAll(withoutLoops).hasSizeGreaterThan(15);
    }

    private static Set<Class<?>> records(Class<?> type) {
        var records = new HashSet<Class<?>>();
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            records.addAll(permitted.isSealed() ? records(permitted) : Set.of(permitted));
        }
        return records;
    }

    @Test
    void namesMayStandForValuesAndTypesMayBeLeftOut() {
        Program program = Reader.read("""
                program "p"
                %x = read input "x" : f32[3]
                %y = add %x, %x
                output result "y" = %y
                """);
        assertThat(program.type(1)).isEqualTo(program.type(0));
    }

    @Test
    void whatIsNotUnderstoodIsSaidWithItsLine() {
        assertThatThrownBy(() -> Reader.read("program \"p\"\n%0 = frobnicate"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("%0 = frobnicate");
        assertThatThrownBy(() -> Reader.read("program \"p\"\n%0 = exp %1")).hasMessageContaining("no value %1");
        assertThatThrownBy(() -> Reader.read("program \"p\"\n%0 = extent size=[batch] : i32"))
                .hasMessageContaining("the type is f32");
    }
}
