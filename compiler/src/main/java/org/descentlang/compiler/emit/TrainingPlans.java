package org.descentlang.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.plan.GradientCopies;
import org.descentlang.compiler.plan.Layout;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.PlanPrinter;
import org.descentlang.compiler.plan.Planner;
import org.descentlang.compiler.plan.Slab;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/** The plans of the programs of a `train`. */
public record TrainingPlans(
        Plan gradient, Plan update, Optional<Plan> lookAhead, Plan evaluation, Optional<Plan> gradientNorm) {

    /** For the batch of the `.opt` file. */
    public static TrainingPlans of(TrainingSpec training) {
        Capacity capacity = capacity(training);
        return of(training, capacity, new TrainingLayout(training, capacity));
    }

    static TrainingPlans of(TrainingSpec training, Capacity capacity, TrainingLayout layout) {
        return new TrainingPlans(
                Planner.plan("gradient", GradientCopies.explicit(training.gradient()), capacity, layout.gradient()),
                Planner.plan("update", training.update().program(), capacity, layout.update()),
                training.update()
                        .lookAhead()
                        .map(program -> Planner.plan("lookAhead", program, capacity, layout.lookAhead())),
                Planner.plan("evaluation", training.evaluation(), capacity, layout.evaluation()),
                layout.trainedCount() == 0
                        ? Optional.empty()
                        : Optional.of(gradientNorm(layout.trainedCount(), capacity)));
    }

    /** Without data there are no rows; with `batch full` their number is the data's. */
    static Capacity capacity(TrainingSpec training) {
        return training.data().isEmpty() ? Capacity.of(1) : new Capacity(training.batch());
    }

    /** Every program's kernels, what is fused into each, and their memory. */
    public String describe() {
        return all().stream().map(PlanPrinter::print).collect(Collectors.joining("\n"));
    }

    /** In the order in which a step needs them first. */
    public List<Plan> all() {
        var all = new ArrayList<Plan>();
        lookAhead.ifPresent(all::add);
        all.addAll(List.of(gradient, update, evaluation));
        gradientNorm.ifPresent(all::add);
        return all;
    }

    private static Plan gradientNorm(long count, Capacity capacity) {
        var builder = new ProgramBuilder("gradientNorm");
        var type = TensorType.f32(Shape.of(count));
        int gradient = builder.add(new Op.Read(Op.Storage.GRADIENT, "all", type));
        int squared = builder.add(new Op.Binary(Op.BinaryKind.MULTIPLY), gradient, gradient);
        int sum = builder.add(new Op.Reduce(Op.Reduction.SUM, List.of(0)), squared);
        builder.output(Output.Sink.RESULT, "norm", builder.add(new Op.Unary(Op.UnaryKind.SQRT), sum));
        Program program = builder.build();
        return Planner.plan("gradientNorm", program, capacity, new Layout() {
            @Override
            public Place of(Op.Read read) {
                return new Place(Slab.GRADIENTS, 0);
            }

            @Override
            public Place of(Output output) {
                throw new IllegalArgumentException(output.toString());
            }
        });
    }
}
