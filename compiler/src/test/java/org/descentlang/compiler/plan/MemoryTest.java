package org.descentlang.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;
import org.junit.jupiter.api.Test;

/** Of programs that multiply, do something with the product and multiply again. */
class MemoryTest {
    private static final Shape SHAPE = Shape.of(Dim.BATCH, Dim.of(8));

    private final ProgramBuilder builder = new ProgramBuilder("test");
    private final int x = builder.add(new Op.Read(Storage.INPUT, "x", TensorType.f32(SHAPE)));
    private final int w = builder.add(new Op.Read(Storage.PARAMETER, "w", TensorType.f32(Shape.of(8, 8))));
    private final int first = product(x);

    @Test
    void aValueIsWrittenOverTheOneItIsComputedFrom() {
        int activation = builder.add(new Op.Unary(Op.UnaryKind.TANH), first);
        product(product(activation));
        Plan plan = plan();
        assertThat(plan.place(activation)).isEqualTo(plan.place(first));
    }

    @Test
    void notIfTheOldOneIsNeededLater() {
        int activation = builder.add(new Op.Unary(Op.UnaryKind.TANH), first);
        int second = product(activation);
        product(builder.add(new Op.Binary(BinaryKind.ADD), second, first));
        Plan plan = plan();
        assertThat(plan.place(activation)).isNotEqualTo(plan.place(first));
    }

    @Test
    void notIfAnElementIsComputedFromOthers() {
        int half = builder.add(new Op.Slice(1, 4, 4), first);
        int other = builder.add(new Op.Slice(1, 0, 4), first);
        int swapped = builder.add(new Op.Concat(1), half, other);
        product(builder.add(new Op.Unary(Op.UnaryKind.TANH), swapped));
        Plan plan = plan();
        assertThat(plan.place(swapped)).isNotEqualTo(plan.place(first));
    }

    @Test
    void ofTwoThatCouldBeOnlyOneIs() {
        int tanh = builder.add(new Op.Unary(Op.UnaryKind.TANH), first);
        int exp = builder.add(new Op.Unary(Op.UnaryKind.EXP), first);
        product(product(builder.add(new Op.Binary(BinaryKind.ADD), product(tanh), product(exp))));
        Plan plan = plan();
        assertThat(plan.place(tanh)).isNotEqualTo(plan.place(exp));
    }

    private int product(int left) {
        return builder.add(new Op.MatMul(false, false), left, w);
    }

    private Plan plan() {
        int last = builder.build().size() - 1;
        builder.output(Sink.RESULT, "loss", builder.add(new Op.Reduce(Op.Reduction.SUM, List.of(0, 1)), last));
        return Planner.plan("test", builder.build(), Capacity.of(4), new Layout() {
            @Override
            public Place of(Op.Read read) {
                return new Place(read.storage() == Storage.INPUT ? Slab.FLOAT_INPUTS : Slab.PARAMETERS, 0);
            }

            @Override
            public Place of(Output output) {
                throw new IllegalArgumentException("a single number");
            }
        });
    }
}
