package org.descentlang.compiler.reference;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.layout.TrainingDescriptions;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.ReferenceEvaluator;
import org.descentlang.compiler.op.Results;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.compiler.pass.DeadCode;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.description.FieldDescription;
import org.descentlang.description.ProgramRole;
import org.descentlang.description.TrainingDescription;

/**
 * A `train` run by the reference evaluator: everything is a double, and nothing is fast. What nothing needs is left
 * out, since it may read numbers that are none of a run's, such as a layer's size.
 */
public final class ReferenceRun {
    private final TrainingSpec training;
    private final TrainingDescription description;
    private final ReferenceMemory memory;
    private final Map<ProgramRole, Program> programs = new EnumMap<>(ProgramRole.class);
    private Optional<Results> lastGradient = Optional.empty();

    public ReferenceRun(TrainingSpec training) {
        this.training = training;
        this.description = describe(training);
        this.memory = new ReferenceMemory(training);
        training.programs().forEach((role, program) -> programs.put(role, DeadCode.remove(program)));
    }

    /** What the run says of itself: fields are made of columns by the reference evaluator, too. */
    public static TrainingDescription describe(TrainingSpec training) {
        return TrainingDescriptions.of(training, ReferenceConversion::of);
    }

    public TrainingDescription description() {
        return description;
    }

    public ReferenceMemory memory() {
        return memory;
    }

    /**
     * The numbers that a program of a step may read.
     *
     * @param draw numbers the steps for random values, {@code update} the updates from 1
     * @param hyperparameters in the order of the description
     */
    public Inputs inputs(long rows, long seed, long draw, long update, double[] hyperparameters) {
        var inputs = new Inputs(rows, seed, draw);
        inputs.bind(Storage.SCALAR, "t", TensorValue.scalar((double) update));
        for (int i = 0; i < hyperparameters.length; i++) {
            String path = training.hyperparameters().get(i).path();
            inputs.bind(Storage.SCALAR, path, TensorValue.scalar(hyperparameters[i]));
        }
        return inputs;
    }

    /**
     * Adds the examples as they lie in the inputs of a step.
     *
     * @param capacity rows that these have room for
     */
    public void bindExamples(Inputs inputs, float[] floatInputs, int[] intInputs, int capacity) {
        for (FieldDescription field : description.fields()) {
            double[] data = new double[Math.toIntExact(inputs.batch()) * field.width()];
            for (int i = 0; i < data.length; i++) {
                int place = field.offset(capacity) + i;
                data[i] = field.whole() ? intInputs[place] : floatInputs[place];
            }
            var element = field.whole() ? ElementType.I32 : ElementType.F32;
            int[] sizes = sizes(field, inputs.batch());
            inputs.bind(Storage.INPUT, field.name(), new TensorValue(element, sizes, data));
        }
    }

    private int[] sizes(FieldDescription field, long rows) {
        DataSpec.Field spec = training.data().orElseThrow().fields().stream()
                .filter(candidate -> candidate.name().equals(field.name()))
                .findFirst()
                .orElseThrow();
        return spec.type().shape().dims().stream()
                .mapToInt(dim -> Math.toIntExact(dim.size(rows)))
                .toArray();
    }

    /**
     * Runs a program on the memory.
     *
     * @return its results, one after another: the loss or the like, then the statistics of metrics
     */
    public double[] run(ProgramRole role, Inputs inputs) {
        memory.bind(inputs, role);
        var program = Optional.ofNullable(programs.get(role)).orElseThrow();
        var results = ReferenceEvaluator.evaluate(program, inputs);
        memory.take(results, role);
        if (role == ProgramRole.GRADIENT) {
            lastGradient = Optional.of(results);
        }
        return numbers(results);
    }

    private double[] numbers(Results results) {
        var numbers = DoubleStream.builder();
        var outputs = results.program().outputs();
        outputs.stream()
                .filter(output ->
                        output.sink() == Sink.RESULT && !training.totals().has(output.name()))
                .forEach(output ->
                        numbers.add(results.output(Sink.RESULT, output.name()).single()));
        training.totals().statistics().stream()
                .filter(statistic ->
                        outputs.stream().anyMatch(output -> output.name().equals(statistic.name())))
                .flatMapToDouble(statistic -> Arrays.stream(
                        results.output(Sink.RESULT, statistic.name()).data()))
                .forEach(numbers);
        return numbers.build().toArray();
    }

    /** Where a value of the last gradient that is not finite came from; empty if all are finite. */
    public String firstNonfinite() {
        return lastGradient.map(NonfiniteSource::of).orElse("");
    }

    /**
     * The value of a scheduled hyperparameter.
     *
     * @param t updates made in this segment
     * @param durations in updates
     */
    public double scheduled(int schedule, int segment, double base, double t, double[] durations) {
        var inputs = new Inputs(1, 0, 0)
                .bind(Storage.SCALAR, "base", TensorValue.scalar(base))
                .bind(Storage.SCALAR, "t", TensorValue.scalar(t));
        for (int i = 0; i < durations.length; i++) {
            inputs.bind(Storage.SCALAR, "duration." + i, TensorValue.scalar(durations[i]));
        }
        var program = training.schedules().get(schedule).segments().get(segment).value();
        return ReferenceEvaluator.evaluate(DeadCode.remove(program), inputs)
                .output(Sink.RESULT, "value")
                .single();
    }
}
