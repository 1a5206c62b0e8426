package org.descentlang.compiler.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.descentlang.compiler.ir.Op.Distribution;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;
import org.junit.jupiter.api.Test;

/** One unsound program for each invariant. */
final class VerifierTest {
    private static final TensorType VECTOR = TensorType.f32(Shape.of(3));
    private static final Instruction X = leaf(new Op.Read(Storage.INPUT, "x", VECTOR));

    @Test
    void soundProgramsPass() {
        LongStream.range(0, 100).forEach(seed -> {
            Program program = RandomPrograms.any(seed, 25, List.of(Dim.of(1), Dim.of(5), Dim.BATCH));
            assertThat(Verifier.violations(program)).isEmpty();
        });
    }

    @Test
    void operandsComeBefore() {
        assertViolated(1, List.of(X, unary(1)), List.of());
        assertViolated(1, List.of(X, unary(-1)), List.of());
    }

    @Test
    void typesFollowTheShapeRule() {
        Instruction wrong =
                new Instruction(new Op.Unary(Op.UnaryKind.EXP), List.of(0), TensorType.SCALAR, Optional.empty());
        assertViolated(2, List.of(X, wrong), List.of());
        assertViolated(
                2, List.of(X, new Instruction(new Op.Gather(), List.of(0, 0), VECTOR, Optional.empty())), List.of());
    }

    @Test
    void oneNameHasOneType() {
        assertViolated(3, List.of(X, leaf(new Op.Read(Storage.INPUT, "x", TensorType.SCALAR))), List.of());
    }

    @Test
    void onePlaceHasOneUse() {
        Instruction uniform = leaf(new Op.Random(Distribution.UNIFORM, 4, Shape.of(3)));
        Instruction normal = leaf(new Op.Random(Distribution.NORMAL, 4, Shape.of(3)));
        assertViolated(4, List.of(uniform, normal), List.of());
        assertThat(Verifier.violations(new Program("p", List.of(uniform, uniform), List.of())))
                .isEmpty();
    }

    @Test
    void outputsAreValues() {
        assertViolated(5, List.of(X), List.of(new Output(Sink.RESULT, "y", 1)));
    }

    @Test
    void outputsDiffer() {
        var output = new Output(Sink.RESULT, "y", 0);
        assertViolated(6, List.of(X), List.of(output, output));
    }

    private static void assertViolated(int invariant, List<Instruction> instructions, List<Output> outputs) {
        var program = new Program("p", instructions, outputs);
        assertThat(Verifier.violations(program)).singleElement().asString().startsWith("invariant " + invariant + ":");
        assertThatThrownBy(() -> Verifier.verify(program)).isInstanceOf(IllegalStateException.class);
    }

    private static Instruction leaf(Op op) {
        return new Instruction(op, List.of(), ShapeRule.result(op, List.of()), Optional.empty());
    }

    private static Instruction unary(int operand) {
        return new Instruction(new Op.Unary(Op.UnaryKind.EXP), List.of(operand), VECTOR, Optional.empty());
    }
}
