package org.descentlang.runtime.training;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.descentlang.description.DataDescription;
import org.descentlang.description.DataDescription.Content;
import org.descentlang.description.DataDescription.Field;
import org.descentlang.description.DataSource;
import org.descentlang.description.Duration;
import org.descentlang.description.FieldDescription;
import org.descentlang.description.Initializer;
import org.descentlang.description.MetricReference;
import org.descentlang.description.ModelLayout;
import org.descentlang.description.ParameterDescription;
import org.descentlang.description.ProgramRole;
import org.descentlang.description.Range;
import org.descentlang.description.RunningDescription;
import org.descentlang.description.ScheduleDescription;
import org.descentlang.description.StopCondition;
import org.descentlang.description.TrainingDescription;
import org.descentlang.description.TrainingDescription.HyperparameterDescription;
import org.descentlang.description.TrainingDescription.Merge;
import org.descentlang.description.TrainingDescription.MetricDescription;
import org.descentlang.description.TrainingDescription.ShuffleOrder;
import org.descentlang.description.TrainingDescription.StateDescription;
import org.descentlang.description.TrainingDescription.StatisticDescription;
import org.descentlang.runtime.data.DataSet;
import org.descentlang.runtime.data.DataSet.Numbers;
import org.descentlang.runtime.random.Philox;
import org.descentlang.runtime.thread.Team;

/**
 * What a compiler would make of: y_hat = w x + noise, loss mean((y_hat - y)^2) / 2, momentum, one running mean of x.
 * Written by hand, with knobs for every clause.
 */
final class LinearProgram implements TrainingProgram {
    static final Duration REST = new Duration(0, Duration.Unit.REST);

    String path = "line.csv";
    double train = 1;
    double validation;
    double test;
    OptionalLong splitSeed = OptionalLong.empty();
    boolean withoutData;
    int batch = 4;
    int accumulate = 1;
    Duration length = new Duration(3, Duration.Unit.EPOCHS);
    ShuffleOrder shuffle = ShuffleOrder.EVERY_EPOCH;
    List<ScheduleDescription> schedules = List.of();
    Optional<StopCondition> stop = Optional.empty();
    Optional<MetricReference> keep = Optional.empty();
    boolean skipNonfinite;
    double lr = 0.1;
    double noise;

    /** Whether a step makes its update whatever the loss is, as a device does that waits for nobody. */
    boolean atOnce;

    /** More than 1: steps wait in a queue until their losses are asked for. */
    int queueLength = 1;

    /** Whether examples are where programs run, and batches are named. */
    boolean keepsData;

    /** Examples that were copied to the inputs, in the order of their rows, when it was asked where a value fails. */
    List<Float> inputsAsked = List.of();

    /** How many steps were waiting whenever that was. */
    final List<Integer> read = new ArrayList<>();

    /** Draws of the gradients in order, and the rows of each. */
    final List<Long> draws = new ArrayList<>();

    final List<Integer> rows = new ArrayList<>();
    final List<Float> firstInputs = new ArrayList<>();
    boolean recording = true;
    int capacity;
    int evaluations;

    /** This gradient becomes NaN, though the loss is finite; by its draw. */
    int badGradientAt = -1;

    /** From this draw on all gradients are NaN. */
    long badGradientsFrom = Long.MAX_VALUE;

    /** The update with this number makes the parameter infinite, though its gradient is finite. */
    long badUpdate = -1;

    @Override
    public TrainingDescription description() {
        return describing(
                List.of(new ParameterDescription("w", "weight", List.of(1), 0, new Initializer.Constant(0))), 1);
    }

    /** @param trained how many numbers of the parameters are */
    TrainingDescription describing(List<ParameterDescription> parameters, int trained) {
        var x = new Field("x", 1, new Content.Columns(0, 0, LinearProgram::copy));
        var y = new Field("y", 1, new Content.Columns(1, 1, LinearProgram::copy));
        var data = new DataDescription(
                "Line", new DataSource.File(path), List.of(x, y), train, validation, test, splitSeed);
        return new TrainingDescription(
                "LineTraining",
                "line.opt",
                new ModelLayout("Line", parameters, List.of(new RunningDescription("mean", List.of(1), 0, 0))),
                trained,
                List.of(new StateDescription("v", 0, 1, 0)),
                List.of(
                        new HyperparameterDescription("optimizer.lr", lr, Range.ANY.from(0), List.of()),
                        new HyperparameterDescription("noise", noise, Range.ANY, List.of())),
                schedules,
                withoutData ? Optional.empty() : Optional.of(data),
                withoutData
                        ? List.of()
                        : List.of(new FieldDescription("x", false, 0, 1), new FieldDescription("y", false, 1, 1)),
                batch,
                accumulate,
                length,
                shuffle,
                List.of(new StatisticDescription(2, Merge.SUM)),
                List.of(new MetricDescription("mae", List.of())),
                stop,
                keep,
                5,
                skipNonfinite);
    }

    @Override
    public MetricFormula formula() {
        return (totals, _, results) -> results[0] = totals[0] / totals[1];
    }

    @Override
    public TrainingStep open(int mostRows, Team team) {
        capacity = mostRows;
        return new Step();
    }

    private static void copy(float[] columns, float[] field, int count) {
        System.arraycopy(columns, 0, field, 0, count);
    }

    private final class Step implements TrainingStep {
        private final float[] inputs = new float[2000];
        private final float[] offered = keepsData ? new float[2000] : inputs;
        private float[] x = {};
        private float[] y = {};
        private final int[] none = {};
        private final TrainingDescription description = LinearProgram.this.description();
        private final float[] w = new float[1];
        private final float[] v = new float[1];
        private final float[] mean = new float[1];
        private final double[] results = new double[3];
        private double gradient;
        private double sum;
        private final List<Double> waiting = new ArrayList<>();

        Step() {
            // Without data: the minimum is at 2.
            inputs[0] = 1;
            inputs[1000] = 2;
        }

        @Override
        public int capacity() {
            return 1000;
        }

        @Override
        public TrainingDescription description() {
            return description;
        }

        @Override
        public float[] floatInputs() {
            return offered;
        }

        @Override
        public boolean keep(DataSet data) {
            if (keepsData) {
                x = ((Numbers) data.field("x")).values();
                y = ((Numbers) data.field("y")).values();
            }
            return keepsData;
        }

        @Override
        public void take(int[] order, int from, int count) {
            for (int row = 0; row < count; row++) {
                inputs[row] = x[order[from + row]];
                inputs[1000 + row] = y[order[from + row]];
            }
        }

        @Override
        public int[] intInputs() {
            return none;
        }

        @Override
        public void read(StepArray array, float[] target) {
            if (array == StepArray.GRADIENTS) {
                target[0] = (float) gradient;
            } else {
                target[0] = array(array)[0];
            }
        }

        @Override
        public void write(StepArray array, float[] source) {
            if (array == StepArray.GRADIENTS) {
                gradient = source[0];
            } else {
                array(array)[0] = source[0];
            }
        }

        private float[] array(StepArray array) {
            return switch (array) {
                case PARAMETERS -> w;
                case STATES -> v;
                case RUNNING -> mean;
                case GRADIENTS -> throw new IllegalArgumentException();
            };
        }

        @Override
        public void sumGradients(double weight, boolean first) {
            sum = first ? gradient : sum + weight * gradient;
        }

        @Override
        public void averageGradients(double scale) {
            gradient = scale * sum;
        }

        @Override
        public Set<ProgramRole> roles() {
            var roles = EnumSet.of(
                    ProgramRole.GRADIENT, ProgramRole.UPDATE, ProgramRole.EVALUATION, ProgramRole.GRADIENT_NORM);
            if (atOnce) {
                roles.add(ProgramRole.STEP);
            }
            return roles;
        }

        @Override
        public double[] run(ProgramRole role, int count, StepScalars scalars) {
            switch (role) {
                case GRADIENT -> results[0] = gradient(count, scalars);
                case UPDATE -> update(scalars);
                case EVALUATION -> evaluate(count);
                case GRADIENT_NORM -> results[0] = Math.abs(gradient);
                case STEP -> {
                    results[0] = gradient(count, scalars);
                    update(scalars);
                }
                default -> throw new IllegalArgumentException(role.toString());
            }
            return results;
        }

        private double gradient(int count, StepScalars scalars) {
            if (recording) {
                draws.add(scalars.draw);
                rows.add(count);
                firstInputs.add(inputs[0]);
            }
            double loss = 0;
            double found = 0;
            double sumOfX = 0;
            for (int i = 0; i < count; i++) {
                double off =
                        residual(i) + scalars.hyperparameters[1] * Philox.uniform(scalars.seed, scalars.draw, 0, i);
                loss += off * off / 2;
                found += off * inputs[i];
                sumOfX += inputs[i];
            }
            mean[0] = (float) (0.9 * mean[0] + 0.1 * sumOfX / count);
            gradient = isBad(scalars) ? Double.NaN : found / count;
            return loss / count;
        }

        private void update(StepScalars scalars) {
            v[0] = (float) (0.5 * v[0] - scalars.hyperparameters[0] * gradient);
            w[0] = scalars.update == badUpdate ? Float.POSITIVE_INFINITY : w[0] + v[0];
        }

        @Override
        public int queueLength() {
            return queueLength;
        }

        @Override
        public void queue(int count, StepScalars scalars) {
            double loss = gradient(count, scalars);
            update(scalars);
            waiting.add(loss);
        }

        @Override
        public void losses(double[] losses) {
            read.add(waiting.size());
            for (int i = 0; i < waiting.size(); i++) {
                losses[i] = waiting.get(i);
            }
            waiting.clear();
        }

        private void evaluate(int count) {
            evaluations++;
            results[0] = 0;
            results[1] = 0;
            results[2] = count;
            for (int i = 0; i < count; i++) {
                results[0] += residual(i) * residual(i) / 2 / count;
                results[1] += Math.abs(residual(i));
            }
        }

        @Override
        public double scheduled(int schedule, int segment, double base, double t, double[] durations) {
            return switch (segment) {
                case 0 -> base * (t + 1) / durations[0];
                default -> base - t * 1e-3;
            };
        }

        @Override
        public String firstNonfinite(int count, StepScalars scalars) {
            inputsAsked = IntStream.range(0, count).mapToObj(i -> offered[i]).toList();
            if (isBad(scalars)) {
                return "line.opt:7 sqrt";
            }
            return Float.isFinite(w[0]) ? "" : "line.opt:5 w";
        }

        @Override
        public void close() {}

        private boolean isBad(StepScalars scalars) {
            return scalars.draw == badGradientAt || scalars.draw >= badGradientsFrom;
        }

        private double residual(int row) {
            return w[0] * inputs[row] - inputs[1000 + row];
        }
    }
}
