package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.kernel.Frame;
import org.descentlang.compiler.emit.program.HostProgramClass;
import org.descentlang.compiler.emit.program.KernelClass;
import org.descentlang.compiler.emit.program.PlaceTable;
import org.descentlang.compiler.emit.program.ProgramMethods;
import org.descentlang.compiler.emit.text.RuntimeNames;
import org.descentlang.compiler.emit.text.ScalarSource;
import org.descentlang.compiler.emit.text.Text;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.ReferenceEvaluator;
import org.descentlang.compiler.op.Results;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.plan.Layout;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Planner;
import org.descentlang.compiler.plan.Slab;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.runtime.kernel.KernelTurns;

/** A program as a compiled Java class, to be compared with the reference evaluator. Inputs lie one after another. */
final class RunnableProgram implements Layout {
    static final String PLAIN = "plain";

    private static final ClassName STEP = ClassName.get("generated", "Step");
    private static final ClassName RUN = ClassName.get("generated", "Run");
    private static final ClassName PLACES = ClassName.get("generated", "Places");
    private static final ClassName KERNELS = ClassName.get("generated", "StepKernels");

    private final Program program;
    private final int capacity;
    private final Map<String, Place> reads = new HashMap<>();
    private final Map<Output, Place> outputs = new HashMap<>();
    private final Map<Slab, Integer> sizes = new HashMap<>();
    private final Plan plan;
    private final List<JavaFile> files;

    RunnableProgram(Program program, int capacity) {
        this(program, capacity, Capacity.of(capacity));
    }

    /** @param planned what the plan knows of the capacity */
    RunnableProgram(Program program, int capacity, Capacity planned) {
        this(program, capacity, planned, RunnableProgram::files);
    }

    /** @param target prints the classes `generated.Step`, with a method `run`, and what it needs */
    RunnableProgram(Program program, int capacity, Capacity planned, Function<RunnableProgram, List<JavaFile>> target) {
        this.program = program;
        this.capacity = capacity;
        this.plan = Planner.plan("run", program, planned, this);
        this.files = target.apply(this);
    }

    Program program() {
        return program;
    }

    int capacity() {
        return capacity;
    }

    /** In elements. */
    long size(Slab slab) {
        return switch (slab) {
            case WORK -> plan.work().size(capacity);
            case INTEGERS -> plan.integers().size(capacity);
            default -> sizes.getOrDefault(slab, 0);
        };
    }

    List<JavaFile> sources() {
        return files;
    }

    Plan plan() {
        return plan;
    }

    @Override
    public Place of(Op.Read read) {
        boolean floats = read.type().element() == ElementType.F32;
        Slab slab = switch (read.storage()) {
            case INPUT -> floats ? Slab.FLOAT_INPUTS : Slab.INT_INPUTS;
            case PARAMETER -> Slab.PARAMETERS;
            case GRADIENT -> Slab.GRADIENTS;
            case STATE -> Slab.STATES;
            case RUNNING -> Slab.RUNNING;
            case SCALAR, CARRIED, SHARED, ELEMENT -> throw new IllegalArgumentException(read.toString());
        };
        return reads.computeIfAbsent(
                read.storage() + read.name(),
                _ -> next(slab, read.type().shape().count(capacity)));
    }

    @Override
    public Place of(Output output) {
        long count = program.type(output.value()).shape().count(capacity);
        return outputs.computeIfAbsent(output, _ -> switch (output.sink()) {
            case RESULT, GRADIENT -> next(Slab.OUTPUTS, count);
            case RUNNING -> inPlace(Storage.RUNNING, Slab.RUNNING, output, count);
            case PARAMETER -> inPlace(Storage.PARAMETER, Slab.PARAMETERS, output, count);
            case STATE -> inPlace(Storage.STATE, Slab.STATES, output, count);
            case CARRIED, ELEMENT -> throw new IllegalArgumentException(output.toString());
        });
    }

    private Place inPlace(Storage storage, Slab slab, Output output, long count) {
        return reads.computeIfAbsent(storage + output.name(), _ -> next(slab, count));
    }

    private Place next(Slab slab, long count) {
        int start = sizes.getOrDefault(slab, 0);
        sizes.put(slab, start + (int) count);
        return new Place(slab, start);
    }

    private static ScalarSource source() {
        return new ScalarSource() {
            @Override
            public Text read(Op.Read scalar) {
                return Text.primary("memory.scalars.get($S).doubleValue()", scalar.name());
            }

            @Override
            public String seed() {
                return "memory.seed";
            }

            @Override
            public String draw() {
                return "memory.draw";
            }
        };
    }

    private List<JavaFile> files() {
        var table = new PlaceTable(List.of(plan));
        var methods = ProgramMethods.of(plan, Frame.of(RUN, "run"), table.of(plan), source());
        var kernels = new KernelClass(KERNELS, STEP, PLACES, List.of(methods));
        var step = TypeSpec.classBuilder(STEP).addModifiers(Modifier.FINAL);
        for (Slab slab : Slab.values()) {
            Class<?> type = slab.isFloats() ? float[].class : int[].class;
            step.addField(FieldSpec.builder(type, slab.text())
                    .initializer("new $T[$L]", type.getComponentType(), size(slab))
                    .build());
        }
        step.addField(made(TypeName.INT, "rows", CodeBlock.of("0")))
                .addField(made(TypeName.LONG, "seed", CodeBlock.of("0")))
                .addField(made(TypeName.LONG, "draw", CodeBlock.of("0")))
                .addField(
                        made(TypeName.get(float[][].class), "lanes", CodeBlock.of("$T.floats(2)", RuntimeNames.LANES)))
                .addField(
                        made(TypeName.get(double[][].class), "sums", CodeBlock.of("$T.doubles(2)", RuntimeNames.LANES)))
                .addField(made(RuntimeNames.TEAM, "team", CodeBlock.of("$T.of(1)", RuntimeNames.TEAM)))
                .addField(made(
                        RuntimeNames.MATRIX_PRODUCTS,
                        "products",
                        CodeBlock.of("new $T(team)", RuntimeNames.MATRIX_PRODUCTS)))
                .addField(kernels.field())
                .addField(
                        com.palantir.javapoet.ParameterizedTypeName.get(Map.class, String.class, Double.class),
                        "scalars");
        step.addMethod(MethodSpec.methodBuilder("run")
                .addStatement("var run = new $T(this)", RUN)
                .addStatement("run.run(rows)")
                .addStatement("results = run.results()")
                .build());
        step.addField(double[].class, "results");
        var outputs = singleOutputs();
        outputs.forEach(value -> step.addMethod(MethodSpec.methodBuilder("result" + value)
                .returns(double.class)
                .addStatement("return results[$L]", outputs.indexOf(value))
                .build()));
        var run = new HostProgramClass(RUN, STEP, KERNELS, PLACES, methods)
                .type(CodeBlock.of("For tests."), "memory.kernels", Integer.toString(capacity), List.of()).toBuilder()
                        .addMethod(MethodSpec.methodBuilder("results")
                                .returns(double[].class)
                                .addStatement(
                                        "return new double[] {$L}",
                                        outputs.stream().map(methods::result).collect(CodeBlock.joining(", ")))
                                .build())
                        .build();
        var files = new ArrayList<JavaFile>();
        for (TypeSpec type : List.of(step.build(), table.type(PLACES, STEP), run, kernels.plain())) {
            files.add(JavaSources.file("generated", "random", type, 0));
        }
        KernelClass.VECTOR_BITS.forEach(
                bits -> files.add(JavaSources.file("generated", "random", kernels.vectors(bits), bits)));
        return files;
    }

    private List<Integer> singleOutputs() {
        return program.outputs().stream()
                .filter(output -> program.type(output.value()).isScalar())
                .map(Output::value)
                .distinct()
                .toList();
    }

    private static FieldSpec made(TypeName type, String name, CodeBlock value) {
        return FieldSpec.builder(type, name).initializer(value).build();
    }

    /** Runs for a number of rows and holds every output against the evaluator's, each relative to its largest value. */
    void compare(Inputs inputs, double tolerance) {
        try {
            Results expected = ReferenceEvaluator.evaluate(program, inputs);
            Object step = instance(MemoryCompiler.compile(files), "generated.Step");
            run(step, inputs);
            for (Output output : program.outputs()) {
                compare(step, output, expected.values().get(output.value()), tolerance);
            }
        } catch (ReflectiveOperationException exception) {
            throw new LinkageError(exception.getMessage(), exception);
        }
    }

    /**
     * Every output for each of the inputs, as text: of the {@value #PLAIN} kernels, of the vector kernels for each
     * length of vectors, and of kernels that try their vectors on a part of a call.
     */
    Map<String, List<String>> outputs(List<Inputs> all) {
        return inEachForm(step -> {
            var outputs = new ArrayList<String>();
            for (Inputs inputs : all) {
                run(step, inputs);
                outputs.addAll(outputs(step));
            }
            return outputs;
        });
    }

    /** The numbers of an output for each of the inputs, by the form of the kernels as in {@link #outputs}. */
    Map<String, List<double[]>> numbers(String output, List<Inputs> all) {
        Output wanted = program.outputs().stream()
                .filter(o -> o.name().equals(output))
                .findFirst()
                .orElseThrow();
        return inEachForm(step -> {
            var numbers = new ArrayList<double[]>();
            for (Inputs inputs : all) {
                run(step, inputs);
                numbers.add(numbers(step, wanted));
            }
            return numbers;
        });
    }

    private interface Use<T> {
        List<T> of(Object step) throws ReflectiveOperationException;
    }

    private <T> Map<String, List<T>> inEachForm(Use<T> use) {
        var found = new TreeMap<String, List<T>>();
        var classes = MemoryCompiler.compile(files);
        try {
            found.put(PLAIN, use.of(instance(classes, "generated.Step")));
            for (int bits : KernelClass.VECTOR_BITS) {
                Object step = instance(classes, "generated.Step");
                field(step, "kernels").set(step, vectors(classes, bits, true));
                found.put(bits + " bits", use.of(step));
            }
            Object step = instance(classes, "generated.Step");
            field(step, "kernels").set(step, inTurns(classes, 256));
            found.put("256 bits in turns", use.of(step));
        } catch (ReflectiveOperationException exception) {
            throw new LinkageError(exception.getMessage(), exception);
        }
        return found;
    }

    private static Object vectors(ClassLoader classes, int bits, boolean always) throws ReflectiveOperationException {
        var constructor = classes.loadClass(KERNELS.canonicalName() + bits).getDeclaredConstructor(boolean.class);
        constructor.setAccessible(true);
        return constructor.newInstance(always);
    }

    /** Kernels that try their vectors at each call: their plain form was slow in all, but fast for what it did. */
    private Object inTurns(ClassLoader classes, int bits) throws ReflectiveOperationException {
        long[] now = {0};
        var turns = new KernelTurns(program.size(), () -> now[0] += 100_000);
        for (int kernel = 0; kernel < program.size(); kernel++) {
            long turn = turns.begin(kernel);
            now[0] += 1_000_000_000;
            turns.end(kernel, turn, Long.MAX_VALUE);
        }
        Object kernels = vectors(classes, bits, false);
        field(kernels, "turns").set(kernels, turns);
        return kernels;
    }

    private List<String> outputs(Object step) throws ReflectiveOperationException {
        var found = new ArrayList<String>();
        for (Output output : program.outputs()) {
            if (output.sink() == Sink.RESULT && program.type(output.value()).isScalar()) {
                found.add(Double.toString(result(step, output)));
            } else {
                Place place = of(output);
                found.add(Arrays.toString(
                        (float[]) field(step, place.slab().text()).get(step)));
            }
        }
        return found;
    }

    private void run(Object step, Inputs inputs) throws ReflectiveOperationException {
        fill(step, inputs);
        var run = step.getClass().getDeclaredMethod("run");
        run.setAccessible(true);
        run.invoke(step);
    }

    private static Object instance(MemoryCompiler classes, String name) throws ReflectiveOperationException {
        var constructor = classes.loadClass(name).getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    private static double result(Object step, Output output) throws ReflectiveOperationException {
        var result = step.getClass().getDeclaredMethod("result" + output.value());
        result.setAccessible(true);
        return (double) result.invoke(step);
    }

    private void fill(Object step, Inputs inputs) throws ReflectiveOperationException {
        field(step, "rows").setInt(step, (int) inputs.batch());
        field(step, "seed").setLong(step, inputs.seed());
        field(step, "draw").setLong(step, inputs.draw());
        var scalars = new HashMap<String, Double>();
        field(step, "scalars").set(step, scalars);
        for (Instruction instruction : program.instructions()) {
            if (instruction.op() instanceof Op.Read read) {
                TensorValue value = inputs.value(read);
                if (read.storage() == Storage.SCALAR) {
                    scalars.put(read.name(), value.single());
                } else {
                    copy(value, field(step, of(read).slab().text()).get(step), (int)
                            of(read).offset().fixedPart());
                }
            }
        }
    }

    private static void copy(TensorValue value, Object array, int offset) {
        for (int i = 0; i < value.count(); i++) {
            switch (array) {
                case float[] floats -> floats[offset + i] = (float) value.data()[i];
                case int[] whole -> whole[offset + i] = (int) value.data()[i];
                default -> throw new AssertionError(array);
            }
        }
    }

    private void compare(Object step, Output output, TensorValue expected, double tolerance)
            throws ReflectiveOperationException {
        double[] found = Arrays.copyOf(numbers(step, output), expected.count());
        double largest = 1;
        for (double value : expected.data()) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i])
                    .as("%s %s[%s]", program.name(), output.name(), i)
                    .isEqualTo(expected.data()[i], org.assertj.core.data.Offset.offset(tolerance * largest));
        }
    }

    /** As many as there are for the most rows. */
    private double[] numbers(Object step, Output output) throws ReflectiveOperationException {
        if (output.sink() == Sink.RESULT && program.type(output.value()).isScalar()) {
            return new double[] {result(step, output)};
        }
        Place place = of(output);
        float[] floats = (float[]) field(step, place.slab().text()).get(step);
        var found = new double[(int) program.type(output.value()).shape().count(capacity)];
        for (int i = 0; i < found.length; i++) {
            found[i] = floats[(int) place.offset().fixedPart() + i];
        }
        return found;
    }

    private static Field field(Object object, String name) throws NoSuchFieldException {
        Field field = object.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
