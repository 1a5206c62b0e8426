package org.descentlang.compiler.emit;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.PlanPrinter;
import org.descentlang.compiler.plan.Planner;
import org.descentlang.compiler.plan.Prepared;
import org.descentlang.description.ProgramRole;

/** The plans of the programs of a `train`. */
public record TrainingPlans(Map<ProgramRole, Plan> byRole) {
    public TrainingPlans {
        byRole = Collections.unmodifiableMap(new EnumMap<>(byRole));
    }

    /** Of a program that is there. */
    Plan of(ProgramRole role) {
        return Optional.ofNullable(byRole.get(role)).orElseThrow();
    }

    /** For the batch of the `.opt` file. */
    public static TrainingPlans of(TrainingSpec training) {
        Capacity capacity = capacity(training);
        return of(training, capacity, new TrainingLayout(training, capacity));
    }

    static TrainingPlans of(TrainingSpec training, Capacity capacity, TrainingLayout layout) {
        return planned(training, capacity, layout, (role, program) -> Prepared.of(program, capacity, layout.of(role)));
    }

    /** Without loops. */
    static TrainingPlans unrolled(TrainingSpec training, Capacity capacity, TrainingLayout layout) {
        return planned(training, capacity, layout, (_, program) -> Prepared.of(program));
    }

    private static TrainingPlans planned(
            TrainingSpec training,
            Capacity capacity,
            TrainingLayout layout,
            BiFunction<ProgramRole, Program, Program> prepared) {
        var plans = new EnumMap<ProgramRole, Plan>(ProgramRole.class);
        training.programs()
                .forEach((role, program) -> plans.put(
                        role, Planner.plan(role.text(), prepared.apply(role, program), capacity, layout.of(role))));
        return new TrainingPlans(plans);
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
        return List.copyOf(byRole.values());
    }
}
