package org.descentlang.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.descentlang.compiler.emit.TrainingPlans;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.model.CheckedUnit;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.pass.Pipeline;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.plan.Plan;

/** How the trainings of a file are carried out: kernels, what is fused into each, memory with and without reuse. */
final class PlanText {
    private PlanText() {}

    static String of(CheckedUnit unit) {
        return unit.trainings().stream().map(PlanText::of).collect(Collectors.joining("\n"));
    }

    /** Elements of the memory that intermediate values share, in the program that needs most of it. */
    static long work(TrainingSpec training) {
        return plans(training)
                .mapToLong(plan -> count(plan.work(), plan.capacity()))
                .max()
                .orElse(0);
    }

    private static String of(TrainingSpec training) {
        var text = new StringBuilder("train " + training.name() + "\n");
        plans(training).forEach(plan -> text.append('\n').append(of(plan)));
        return text.toString();
    }

    private static Stream<Plan> plans(TrainingSpec training) {
        var plans = TrainingPlans.of(training.mapPrograms(Pipeline::optimize));
        var gradient = Stream.concat(plans.lookAhead().stream(), Stream.of(plans.gradient()));
        return Stream.concat(gradient, Stream.of(plans.update(), plans.evaluation()));
    }

    private static String of(Plan plan) {
        List<Kernel> kernels = plan.kernels().toList();
        var table = new Table();
        for (Kernel kernel : kernels) {
            table.row(kernel.name(), kind(kernel), types(plan, kernel), place(plan, kernel), operations(plan, kernel));
        }
        return "    %s: %d kernels of %d operations; work memory %s, without reuse %s%s\n"
                        .formatted(
                                plan.name(),
                                kernels.size(),
                                plan.program().size(),
                                bytes(plan.work(), plan.capacity()),
                                bytes(plan.workWithoutReuse(), plan.capacity()),
                                plan.capacity().rows().isPresent() ? "" : " for 1024 examples")
                + table.text("        ");
    }

    /** Of 4-byte elements. */
    private static String bytes(Offset elements, Capacity capacity) {
        return Quantity.bytes(Float.BYTES * count(elements, capacity));
    }

    private static long count(Offset elements, Capacity capacity) {
        return elements.terms().stream().mapToLong(capacity::estimate).sum();
    }

    private static String kind(Kernel kernel) {
        return switch (kernel) {
            case Kernel.Rows _ -> "rows";
            case Kernel.Fold _ -> "fold";
            case Kernel.Columns _ -> "columns";
            case Kernel.Assembly _ -> "assembly";
            case Kernel.Library _ -> "library";
            case Kernel.Commit _ -> "copy";
        };
    }

    private static String types(Plan plan, Kernel kernel) {
        return kernel.results().stream()
                .map(value -> plan.program().type(value).toString())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** What is computed in one pass: `multiply, add, maximum`. A broadcast costs nothing and is left out. */
    private static String operations(Plan plan, Kernel kernel) {
        return kernel.instructions().stream()
                .map(value -> plan.program().instruction(value).op())
                .filter(op -> !(op instanceof Op.Broadcast))
                .map(PlanText::operation)
                .collect(Collectors.joining(", "));
    }

    private static String operation(Op op) {
        return switch (op) {
            case Op.Unary unary -> unary.kind().name().toLowerCase(Locale.ROOT);
            case Op.Binary binary -> binary.kind().name().toLowerCase(Locale.ROOT);
            case Op.Compare compare -> compare.comparison().name().toLowerCase(Locale.ROOT);
            case Op.Reduce reduce -> reduce.reduction().name().toLowerCase(Locale.ROOT);
            case Op.Read _,
                    Op.Constant _,
                    Op.Extent _,
                    Op.Iota _,
                    Op.Random _,
                    Op.Select _,
                    Op.Cast _,
                    Op.Broadcast _,
                    Op.Reshape _,
                    Op.Transpose _,
                    Op.Slice _,
                    Op.Pad _,
                    Op.Concat _,
                    Op.ArgMax _,
                    Op.MatMul _,
                    Op.Gather _,
                    Op.ScatterAdd _ -> op.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    private static String file(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The first place in a file that it comes from. */
    private static String place(Plan plan, Kernel kernel) {
        return kernel.instructions().stream()
                .map(plan.program()::instruction)
                .map(Instruction::origin)
                .flatMap(origin -> origin.stream())
                .findFirst()
                .map(span -> file(span.source().name()) + ":" + span.line())
                .orElse("");
    }
}
