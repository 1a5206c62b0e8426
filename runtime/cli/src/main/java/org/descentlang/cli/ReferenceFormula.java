package org.descentlang.cli;

import java.util.Arrays;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.model.Totals;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.ReferenceEvaluator;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.compiler.pass.DeadCode;
import org.descentlang.runtime.training.MetricFormula;
import org.descentlang.runtime.training.StepScalars;

/** The metrics of a `train` from their totals by the reference evaluator. */
record ReferenceFormula(TrainingSpec training) implements MetricFormula {
    @Override
    public void compute(double[] totals, StepScalars scalars, double[] results) {
        var inputs = new Inputs(1, scalars.seed, scalars.draw)
                .bind(Storage.SCALAR, "t", TensorValue.scalar((double) scalars.update));
        for (int i = 0; i < scalars.hyperparameters.length; i++) {
            String path = training.hyperparameters().get(i).path();
            inputs.bind(Storage.SCALAR, path, TensorValue.scalar(scalars.hyperparameters[i]));
        }
        training.totals().statistics().forEach(statistic -> bind(statistic, totals, inputs));
        var found =
                ReferenceEvaluator.evaluate(DeadCode.remove(training.totals().formula()), inputs);
        int place = 0;
        for (TrainingSpec.Metric metric : training.metrics()) {
            double[] value = found.output(Sink.RESULT, metric.name()).data();
            System.arraycopy(value, 0, results, place, value.length);
            place += value.length;
        }
    }

    private void bind(Totals.Statistic statistic, double[] totals, Inputs inputs) {
        int from = Math.toIntExact(training.totals().offset(statistic.name()));
        if (statistic.shape().isScalar()) {
            inputs.bind(Storage.SCALAR, statistic.name(), TensorValue.scalar(totals[from]));
        } else {
            int[] sizes = statistic.shape().dims().stream()
                    .mapToInt(dim -> Math.toIntExact(dim.fixed()))
                    .toArray();
            double[] values = Arrays.copyOfRange(totals, from, from + Math.toIntExact(statistic.count()));
            inputs.bind(Storage.INPUT, statistic.name(), TensorValue.of(sizes, values));
        }
    }
}
