package org.descentlang.compiler.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.descentlang.compiler.ast.Direction;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.source.Span;
import org.descentlang.description.Duration;
import org.descentlang.description.MetricReference;
import org.descentlang.description.ProgramRole;
import org.descentlang.description.StopCondition;
import org.descentlang.description.TrainingDescription.ShuffleOrder;

/**
 * Everything a `train` says, checked.
 *
 * @param data absent when the model has no inputs
 * @param programs what a step can run; GRADIENT, UPDATE and EVALUATION are always there
 * @param totals from the statistics of all batches to the metrics
 * @param loss as written, for `describe`
 * @param hyperparameters of model, loss, clips and optimizer, in the order of the scalars that kernels get
 * @param batch examples an update program's gradient is averaged over in one micro-batch; empty for `full`
 */
public record TrainingSpec(
        String name,
        Optional<String> doc,
        ModelSpec model,
        Optional<DataSpec> data,
        Map<ProgramRole, Program> programs,
        Totals totals,
        UpdateSpec update,
        String loss,
        List<Metric> metrics,
        List<Hyperparameter> hyperparameters,
        List<ScheduleSpec> schedules,
        OptionalInt batch,
        int accumulate,
        Duration length,
        ShuffleOrder shuffle,
        Optional<StopCondition> stop,
        Optional<MetricReference> keep,
        long seed,
        DeviceSpec device,
        boolean skipNonfinite,
        List<Default> defaults,
        Span span) {
    public TrainingSpec {
        programs = Collections.unmodifiableMap(new EnumMap<>(programs));
    }

    /** One that is there. */
    public Program program(ProgramRole role) {
        return find(role).orElseThrow(() -> new IllegalArgumentException(name + " has no program " + role));
    }

    public Optional<Program> find(ProgramRole role) {
        return Optional.ofNullable(programs.get(role));
    }

    /**
     * A metric by the name under which it is reported; `accuracy`, `accuracy_2` if there are two.
     *
     * @param direction empty where nothing says it
     */
    public record Metric(String name, Optional<Direction> direction) {}

    /** A clause that was not written and what it means, for `describe`. */
    public record Default(String clause, String value) {}
}
