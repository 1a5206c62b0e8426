package org.descentlang.compiler.train;

import java.util.List;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.model.UpdateGroup;
import org.descentlang.compiler.model.UpdateSpec;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;
import org.descentlang.description.ProgramRole;

/** The 2-norm of everything that is trained, as one vector. */
public final class GradientNorm {
    private GradientNorm() {}

    public static Program of(UpdateSpec update) {
        var builder = new ProgramBuilder(ProgramRole.GRADIENT_NORM.text());
        var type = TensorType.f32(Shape.of(update.trainedCount()));
        int gradient = builder.add(new Op.Read(Op.Storage.GRADIENT, UpdateGroup.ALL, type));
        int squared = builder.add(new Op.Binary(Op.BinaryKind.MULTIPLY), gradient, gradient);
        int sum = builder.add(new Op.Reduce(Op.Reduction.SUM, List.of(0)), squared);
        builder.output(Output.Sink.RESULT, "norm", builder.add(new Op.Unary(Op.UnaryKind.SQRT), sum));
        return builder.build();
    }
}
