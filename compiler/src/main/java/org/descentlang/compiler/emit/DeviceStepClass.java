package org.descentlang.compiler.emit;

import static org.descentlang.compiler.emit.device.DeviceNames.DEVICE;
import static org.descentlang.compiler.emit.device.DeviceNames.DEVICES;
import static org.descentlang.compiler.emit.device.DeviceNames.DEVICE_LAYOUT;
import static org.descentlang.compiler.emit.device.DeviceNames.DEVICE_STEP;
import static org.descentlang.compiler.emit.device.DeviceNames.PRECISION;
import static org.descentlang.compiler.emit.text.RuntimeNames.METRIC_FORMULA;
import static org.descentlang.compiler.emit.text.RuntimeNames.TEAM;
import static org.descentlang.compiler.emit.text.RuntimeNames.TRAINING_DESCRIPTION;
import static org.descentlang.compiler.emit.text.RuntimeNames.TRAINING_PROGRAM;
import static org.descentlang.compiler.emit.text.RuntimeNames.TRAINING_STEP;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.device.DeviceGraphs;
import org.descentlang.compiler.emit.device.DeviceNumbers;
import org.descentlang.compiler.emit.device.DeviceRoom;
import org.descentlang.compiler.emit.device.DeviceTask;
import org.descentlang.compiler.emit.device.DeviceTasks;
import org.descentlang.compiler.emit.text.Comments;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.model.DeviceSpec;
import org.descentlang.compiler.model.Precision;
import org.descentlang.compiler.model.Target;
import org.descentlang.compiler.model.Totals;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Slab;

/** A `train` on TornadoVM: its kernels, the step that orders them, and the program that opens it on a device. */
final class DeviceStepClass {
    /** The programs of a step in which nothing else is asked for. */
    private static final List<String> STEP = List.of("lookAhead", "gradient", "update");

    private final TrainingSpec training;
    private final DeviceSpec device;
    private final Capacity capacity;
    private final TrainingLayout layout;
    private final ClassName cpuProgram;
    private final ClassName program;
    private final ClassName step;
    private final ClassName kernels;
    private final DeviceNumbers numbers;
    private final DeviceRoom room = new DeviceRoom();
    private final TrainingPlans plans;
    private final Map<String, Optional<DeviceTasks>> tasks = new LinkedHashMap<>();

    DeviceStepClass(
            TrainingSpec training,
            Capacity capacity,
            TrainingLayout layout,
            ClassName cpuProgram,
            ClassNames names,
            DeviceSpec device) {
        this.training = training;
        this.device = device;
        this.capacity = capacity;
        this.layout = layout;
        this.cpuProgram = cpuProgram;
        this.program = names.internal(training.name() + ".DeviceProgram");
        this.step = names.internal(training.name() + ".DeviceStep");
        this.kernels = names.internal(training.name() + ".DeviceKernels");
        this.numbers = DeviceNumbers.of(training.hyperparameters());
        this.plans = TrainingPlans.of(training, capacity, layout);
        boolean threads = device.target() == Target.TORNADO;
        add("gradient", Optional.of(plans.gradient()), threads);
        add("update", Optional.of(plans.update()), threads);
        add("evaluation", Optional.of(plans.evaluation()), threads);
        add("lookAhead", plans.lookAhead(), threads);
        add("gradientNorm", plans.gradientNorm(), threads);
    }

    private void add(String name, Optional<Plan> plan, boolean threads) {
        tasks.put(name, plan.map(present -> DeviceTasks.of(present, numbers, room, threads)));
    }

    /** The class that opens steps and the device that it is for. */
    Opening opening() {
        return new Opening(program, device.name());
    }

    record Opening(ClassName program, String device) {}

    List<TypeSpec> types() {
        return List.of(program(), step(), kernels());
    }

    private TypeSpec kernels() {
        return new DeviceGraphs(kernels)
                .kernels(
                        step,
                        tasks.values().stream()
                                .flatMap(Optional::stream)
                                .flatMap(present -> present.tasks().stream())
                                .toList());
    }

    private List<MethodSpec> onHost() {
        return tasks.values().stream()
                .flatMap(Optional::stream)
                .flatMap(present -> present.onHost().stream())
                .toList();
    }

    private TypeSpec program() {
        return TypeSpec.classBuilder(program)
                .addModifiers(Modifier.FINAL)
                .addSuperinterface(TRAINING_PROGRAM)
                .addJavadoc("{@code train $L} on a device of TornadoVM.\n", Comments.escaped(training.name()))
                .addField(DEVICE, "device", Modifier.PRIVATE, Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder()
                        .addParameter(String.class, "device")
                        .addStatement("this.device = $T.find(device)", DEVICES)
                        .build())
                .addMethod(overridden("description", TRAINING_DESCRIPTION)
                        .addStatement("return new $T().description()", cpuProgram)
                        .build())
                .addMethod(overridden("formula", METRIC_FORMULA)
                        .addStatement("return new $T().formula()", cpuProgram)
                        .build())
                .addMethod(overridden("open", TRAINING_STEP)
                        .addParameter(int.class, "capacity")
                        .addParameter(TEAM, "team")
                        .addStatement("return new $T(new $T(), capacity, device)", step, cpuProgram)
                        .build())
                .build();
    }

    private static MethodSpec.Builder overridden(String name, TypeName returned) {
        return MethodSpec.methodBuilder(name)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(returned);
    }

    private TypeSpec step() {
        var type = TypeSpec.classBuilder(step)
                .addModifiers(Modifier.FINAL)
                .superclass(DEVICE_STEP)
                .addJavadoc("One step of {@code $L}: its tasks in order.\n", Comments.escaped(training.name()))
                .addMethod(constructor());
        var graphs = new DeviceGraphs(kernels);
        tasks.keySet().forEach(name -> graphs.addTo(type, name, tasksOf(name)));
        var step = new LinkedHashMap<String, List<DeviceTask>>();
        STEP.forEach(name -> step.put(name, tasksOf(name)));
        graphs.addSequence(type, "step", step);
        DeviceGraphs.addOnHost(type, onHost());
        if (device.products() == Precision.TF32) {
            type.addMethod(products());
        }
        new ScheduleMethods(training.schedules()).addTo(type);
        return type.build();
    }

    private static MethodSpec products() {
        return MethodSpec.methodBuilder("products")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .returns(PRECISION)
                .addStatement("return $T.TF32", PRECISION)
                .build();
    }

    private List<DeviceTask> tasksOf(String program) {
        return Optional.ofNullable(tasks.get(program))
                .flatMap(present -> present)
                .map(DeviceTasks::tasks)
                .orElse(List.of());
    }

    private MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addParameter(TRAINING_PROGRAM, "program")
                .addParameter(int.class, "capacity")
                .addParameter(DEVICE, "device")
                .addStatement(
                        "super(program, $T.describe($L), $L, capacity, device)",
                        cpuProgram,
                        capacity.rows().isPresent() ? "" : "capacity",
                        deviceLayout())
                .build();
    }

    private CodeBlock deviceLayout() {
        var items = new ArrayList<CodeBlock>();
        var work = plans.all().stream().map(Plan::work).toList();
        var integers = plans.all().stream().map(Plan::integers).toList();
        items.add(ArraySizes.text(Slab.WORK, work));
        items.add(ArraySizes.text(Slab.INTEGERS, integers));
        items.add(ArraySizes.text(Slab.FLOAT_INPUTS, List.of(layout.floatInputs())));
        items.add(ArraySizes.text(Slab.INT_INPUTS, List.of(layout.intInputs())));
        items.add(CodeBlock.of("$L", numbers.size() + room.given()));
        items.add(CodeBlock.of("$L", room.scalars()));
        items.add(CodeBlock.of("$L", room.partials()));
        items.add(CodeBlock.of("$L", position("gradient", training.gradient(), "loss")));
        items.add(CodeBlock.of(
                "$L",
                plans.gradientNorm()
                        .map(plan -> position("gradientNorm", plan.program(), "norm"))
                        .orElse(-1)));
        items.add(CodeBlock.of(
                "$L", training.totals().hasTensors() ? training.totals().count() : 0));
        items.add(CodeBlock.of("$L", device.lossEvery()));
        var results = new ArrayList<CodeBlock>();
        results.add(number("loss"));
        training.totals().statistics().forEach(statistic -> results.add(result(statistic)));
        items.add(CodeBlock.of("$T.of($L)", List.class, Positions.list(results)));
        return CodeBlock.of("new $T($L)", DEVICE_LAYOUT, Positions.list(items));
    }

    private CodeBlock result(Totals.Statistic statistic) {
        return statistic.shape().isScalar()
                ? number(statistic.name())
                : CodeBlock.of(
                        "new $T($L, $L)",
                        DEVICE_LAYOUT.nestedClass("Result").nestedClass("Tensor"),
                        training.totals().offset(statistic.name()),
                        statistic.count());
    }

    private CodeBlock number(String result) {
        return CodeBlock.of(
                "new $T($L)",
                DEVICE_LAYOUT.nestedClass("Result").nestedClass("Number"),
                position("evaluation", training.evaluation(), result));
    }

    private int position(String tasksOf, Program from, String result) {
        int value = from.outputs().stream()
                .filter(output ->
                        output.sink() == Output.Sink.RESULT && output.name().equals(result))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(from.name() + " has no result " + result))
                .value();
        return Optional.ofNullable(tasks.get(tasksOf))
                .flatMap(present -> present)
                .orElseThrow()
                .position(value);
    }
}
