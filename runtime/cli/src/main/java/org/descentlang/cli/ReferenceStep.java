package org.descentlang.cli;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output;
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
import org.descentlang.description.ParameterDescription;
import org.descentlang.description.ProgramRole;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.training.StepArray;
import org.descentlang.runtime.training.StepScalars;
import org.descentlang.runtime.training.TrainingStep;

/** A `train` run by the reference evaluator: everything is a double, and nothing is fast. */
final class ReferenceStep implements TrainingStep {
    private final TrainingSpec training;
    private final TrainingDescription description;
    private final int capacity;
    private final float[] floatInputs;
    private final int[] intInputs;
    private final ReferenceMemory memory;
    /** Without what nothing needs. */
    private final Map<ProgramRole, Program> programs = new EnumMap<>(ProgramRole.class);

    private Optional<Results> lastGradient = Optional.empty();

    /** @param capacity rows of the largest batch */
    ReferenceStep(TrainingSpec training, int capacity) {
        this.training = training;
        this.capacity = capacity;
        this.description = TrainingDescriptions.of(training, ReferenceConversion::of);
        this.floatInputs = new float[capacity * width(description, false)];
        this.intInputs = new int[capacity * width(description, true)];
        training.programs().forEach((role, program) -> programs.put(role, DeadCode.remove(program)));
        this.memory = new ReferenceMemory(training, description);
    }

    /** Values an example of all fields of whole numbers, or of all others. */
    private static int width(TrainingDescription description, boolean whole) {
        return description.fields().stream()
                .filter(field -> field.whole() == whole)
                .mapToInt(FieldDescription::width)
                .sum();
    }

    @Override
    public TrainingDescription description() {
        return description;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public float[] floatInputs() {
        return floatInputs;
    }

    @Override
    public int[] intInputs() {
        return intInputs;
    }

    @Override
    public void read(StepArray array, float[] target) {
        memory.read(array, target);
    }

    @Override
    public void write(StepArray array, float[] source) {
        memory.write(array, source);
    }

    @Override
    public void sumGradients(double weight, boolean first) {
        memory.sumGradients(weight, first);
    }

    @Override
    public void averageGradients(double scale) {
        memory.averageGradients(scale);
    }

    @Override
    public Set<ProgramRole> roles() {
        return training.programs().keySet();
    }

    @Override
    public double[] run(ProgramRole role, int rows, StepScalars scalars) {
        var found = ReferenceEvaluator.evaluate(program(role), inputs(role, rows, scalars));
        memory.write(found, role.writes());
        if (role == ProgramRole.GRADIENT) {
            lastGradient = Optional.of(found);
        }
        return numbers(found);
    }

    private Program program(ProgramRole role) {
        return Optional.ofNullable(programs.get(role)).orElseThrow();
    }

    private double[] numbers(Results found) {
        var numbers = DoubleStream.builder();
        var outputs = found.program().outputs();
        outputs.stream()
                .filter(output ->
                        output.sink() == Sink.RESULT && !training.totals().has(output.name()))
                .forEach(output ->
                        numbers.add(found.output(Sink.RESULT, output.name()).single()));
        training.totals().statistics().stream()
                .filter(statistic ->
                        outputs.stream().anyMatch(output -> output.name().equals(statistic.name())))
                .flatMapToDouble(statistic -> Arrays.stream(
                        found.output(Sink.RESULT, statistic.name()).data()))
                .forEach(numbers);
        return numbers.build().toArray();
    }

    /** The values of a parameter, unrounded. */
    double[] parameter(ParameterDescription parameter) {
        return memory.parameter(parameter);
    }

    @Override
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

    @Override
    public String firstNonfinite(int rows, StepScalars scalars) {
        return lastGradient.map(ReferenceStep::firstNonfinite).orElse("");
    }

    /**
     * Follows a bad result back: what nothing of it depends on, such as the other branch of a `where`, may be infinite.
     */
    private static String firstNonfinite(Results results) {
        for (Output output : results.program().outputs()) {
            if (isNonfinite(results, output.value())) {
                Instruction source = results.program().instruction(source(results, output.value()));
                String place = source.origin()
                        .map(span -> span + ": `" + span.text() + "`")
                        .orElse(results.program().name());
                boolean lookup = source.op() instanceof Op.Gather || isMarked(results.program(), source);
                return lookup ? place + ", by an index that is out of range" : place;
            }
        }
        return "";
    }

    /** The instruction that made the value bad: all that it reads is finite. */
    private static int source(Results results, int value) {
        if (isMarked(results.program(), results.program().instruction(value))) {
            return value;
        }
        return results.program().instruction(value).operands().stream()
                .filter(operand -> isNonfinite(results, operand))
                .findFirst()
                .map(operand -> source(results, operand))
                .orElse(value);
    }

    /** A `one_hot` whose rows are NaN where the index is wrong. */
    private static boolean isMarked(Program program, Instruction made) {
        return made.op() instanceof Op.Select
                && program.instruction(made.operand(1)).op() instanceof Op.Cast
                && program.instruction(made.operand(2)).op() instanceof Op.Broadcast
                && program.instruction(program.instruction(made.operand(2)).operand(0))
                                .op()
                        instanceof Op.Constant(double value, var _)
                && Double.isNaN(value);
    }

    /** As a float, which training computes with. */
    private static boolean isNonfinite(Results results, int value) {
        return Arrays.stream(results.values().get(value).data()).anyMatch(x -> !Float.isFinite((float) x));
    }

    @Override
    public void close() {}

    private Inputs inputs(ProgramRole role, int rows, StepScalars scalars) {
        var inputs = scalars(rows, scalars);
        switch (role.tensors()) {
            case PARAMETERS -> {
                for (FieldDescription field : description.fields()) {
                    inputs.bind(Storage.INPUT, field.name(), field(field, rows));
                }
                memory.bindModel(inputs, role.reads());
            }
            case GROUPS -> memory.bindGroups(inputs);
        }
        return inputs;
    }

    private Inputs scalars(int rows, StepScalars scalars) {
        var inputs = new Inputs(rows, scalars.seed, scalars.draw);
        inputs.bind(Storage.SCALAR, "t", TensorValue.scalar((double) scalars.update));
        for (int i = 0; i < scalars.hyperparameters.length; i++) {
            String path = description.hyperparameters().get(i).path();
            inputs.bind(Storage.SCALAR, path, TensorValue.scalar(scalars.hyperparameters[i]));
        }
        return inputs;
    }

    private TensorValue field(FieldDescription field, int rows) {
        double[] data = new double[rows * field.width()];
        for (int i = 0; i < data.length; i++) {
            int place = field.offset(capacity) + i;
            data[i] = field.whole() ? intInputs[place] : floatInputs[place];
        }
        int[] sizes = spec(field).type().shape().dims().stream()
                .mapToInt(dim -> (int) dim.size(rows))
                .toArray();
        return new TensorValue(field.whole() ? ElementType.I32 : ElementType.F32, sizes, data);
    }

    private DataSpec.Field spec(FieldDescription field) {
        return training.data().orElseThrow().fields().stream()
                .filter(spec -> spec.name().equals(field.name()))
                .findFirst()
                .orElseThrow();
    }
}
