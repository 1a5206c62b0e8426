package org.descentlang.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.descentlang.compiler.emit.TrainingPlans;
import org.descentlang.compiler.model.CheckedUnit;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.plan.KernelSummary;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.PlanPrinter;

/** How the trainings of a file are carried out: kernels, what is fused into each, memory with and without reuse. */
final class PlanText {
    private PlanText() {}

    static String of(CheckedUnit unit) {
        return unit.trainings().stream().map(PlanText::of).collect(Collectors.joining("\n"));
    }

    /** Elements of the memory that intermediate values share, each kind in the program that needs most of it. */
    static long work(TrainingSpec training) {
        var plans = TrainingPlans.of(training).all();
        return most(plans, Plan::work) + most(plans, Plan::integers);
    }

    private static long most(List<Plan> plans, Function<Plan, Offset> size) {
        return plans.stream()
                .mapToLong(plan -> count(size.apply(plan), plan.capacity()))
                .max()
                .orElse(0);
    }

    /** The kernels of all programs by name. */
    static Map<String, KernelSummary> summaries(TrainingSpec training) {
        var summaries = new HashMap<String, KernelSummary>();
        TrainingPlans.of(training).all().forEach(plan -> summaries.putAll(PlanPrinter.summaries(plan)));
        return summaries;
    }

    private static String of(TrainingSpec training) {
        return "train " + training.name() + "\n\n" + TrainingPlans.of(training).describe();
    }

    private static long count(Offset elements, Capacity capacity) {
        return elements.terms().stream().mapToLong(capacity::estimate).sum();
    }
}
