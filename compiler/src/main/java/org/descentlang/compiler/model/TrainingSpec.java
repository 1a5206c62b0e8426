package org.descentlang.compiler.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.descentlang.compiler.ast.Direction;
import org.descentlang.compiler.ast.TrainClause.Order;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.source.Span;

/**
 * Everything a `train` says, checked.
 *
 * @param data absent when the model has no inputs
 * @param gradient one step's forward and backward pass in training mode: RESULT `loss`, GRADIENT by parameter path,
 *     RUNNING
 * @param evaluation inference mode: RESULT `loss`, the mean over the batch, and one for each statistic that metrics
 *     are made of
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
        Program gradient,
        Program evaluation,
        Totals totals,
        UpdateSpec update,
        String loss,
        List<Metric> metrics,
        List<Hyperparameter> hyperparameters,
        List<ScheduleSpec> schedules,
        OptionalInt batch,
        int accumulate,
        Duration length,
        Order shuffle,
        Optional<StopSpec> stop,
        Optional<StopSpec.Goal> keep,
        long seed,
        DeviceSpec device,
        boolean skipNonfinite,
        List<Default> defaults,
        Span span) {
    /** The same with other programs. */
    public TrainingSpec mapPrograms(UnaryOperator<Program> change) {
        return new TrainingSpec(
                name,
                doc,
                model.mapPrograms(change),
                data.map(spec -> spec.mapPrograms(change)),
                change.apply(gradient),
                change.apply(evaluation),
                totals.mapPrograms(change),
                update.mapPrograms(change),
                loss,
                metrics,
                hyperparameters,
                schedules.stream().map(spec -> spec.mapPrograms(change)).toList(),
                batch,
                accumulate,
                length,
                shuffle,
                stop,
                keep,
                seed,
                device,
                skipNonfinite,
                defaults,
                span);
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
