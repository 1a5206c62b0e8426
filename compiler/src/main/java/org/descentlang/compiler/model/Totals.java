package org.descentlang.compiler.model;

import java.util.List;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;
import org.descentlang.description.TrainingDescription.Merge;

/**
 * From the batches of a split to its metrics: statistics are merged over the batches, and the formula makes the
 * metrics of their totals, once.
 *
 * @param statistics RESULTs of the evaluation program
 * @param formula reads totals, single numbers as SCALARs and tensors as INPUTs, and hyperparameters; a RESULT by
 *     metric
 */
public record Totals(List<Statistic> statistics, Program formula) {
    public Totals {
        statistics = List.copyOf(statistics);
    }

    /** One value of a batch. */
    public record Statistic(String name, Shape shape, Merge merge) {
        public long count() {
            return shape.count().fixed();
        }
    }

    /** Elements of all statistics. */
    public long count() {
        return statistics.stream().mapToLong(Statistic::count).sum();
    }

    /** Where a statistic begins when all stand one after another. */
    public long offset(String name) {
        long offset = 0;
        for (Statistic statistic : statistics) {
            if (statistic.name().equals(name)) {
                return offset;
            }
            offset += statistic.count();
        }
        throw new IllegalArgumentException("no statistic " + name);
    }

    public boolean has(String name) {
        return statistics.stream().anyMatch(statistic -> statistic.name().equals(name));
    }

    public boolean hasTensors() {
        return statistics.stream().anyMatch(statistic -> !statistic.shape().isScalar());
    }

    /** The type of a metric: a number, or a matrix. */
    public TensorType type(String metric) {
        return formula.outputs().stream()
                .filter(output -> output.name().equals(metric))
                .map(Output::value)
                .map(formula::type)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no metric " + metric));
    }
}
