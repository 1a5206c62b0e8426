package org.descentlang.compiler.emit;

import static org.descentlang.compiler.emit.device.DeviceNames.DEVICE;
import static org.descentlang.compiler.emit.device.DeviceNames.DEVICES;
import static org.descentlang.compiler.emit.device.DeviceNames.DEVICE_LAYOUT;
import static org.descentlang.compiler.emit.device.DeviceNames.DEVICE_STEP;
import static org.descentlang.compiler.emit.device.DeviceNames.PRECISION;
import static org.descentlang.compiler.emit.text.RuntimeNames.METRIC_FORMULA;
import static org.descentlang.compiler.emit.text.RuntimeNames.PROGRAM_ROLE;
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
import java.util.EnumMap;
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
import org.descentlang.compiler.model.DeviceSpec;
import org.descentlang.compiler.model.Precision;
import org.descentlang.compiler.model.Target;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Slab;
import org.descentlang.description.ProgramRole;

/** A `train` on TornadoVM: its kernels, the step that orders them, and the program that opens it on a device. */
final class DeviceStepClass {
    /** The programs of a step in which nothing else is asked for. */
    private static final List<ProgramRole> STEP =
            List.of(ProgramRole.LOOK_AHEAD, ProgramRole.GRADIENT, ProgramRole.UPDATE);

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
    private final Map<ProgramRole, DeviceTasks> tasks = new EnumMap<>(ProgramRole.class);

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
        this.plans = TrainingPlans.unrolled(training, capacity, layout);
        boolean threads = device.target() == Target.TORNADO;
        plans.byRole().forEach((role, plan) -> tasks.put(role, DeviceTasks.of(plan, numbers, room, threads)));
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
                                .flatMap(program -> program.tasks().stream())
                                .toList());
    }

    private List<MethodSpec> onHost() {
        return tasks.values().stream()
                .flatMap(program -> program.onHost().stream())
                .toList();
    }

    private TypeSpec program() {
        return TypeSpec.classBuilder(program)
                .addModifiers(Modifier.FINAL)
                .addSuperinterface(TRAINING_PROGRAM)
                .addJavadoc("{@code train $L} on a TornadoVM device.\n", Comments.escaped(training.name()))
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
        var lists = new LinkedHashMap<String, CodeBlock>();
        tasks.forEach((role, program) -> lists.put(role.name(), graphs.addTo(type, role.text(), program.tasks())));
        var sequence = new LinkedHashMap<String, List<DeviceTask>>();
        STEP.stream().filter(tasks::containsKey).forEach(role -> sequence.put(role.text(), tasksOf(role)));
        lists.put("STEP", graphs.addSequence(type, "step", sequence));
        type.addMethod(graphs(lists));
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

    /** The graphs of each program. */
    private static MethodSpec graphs(Map<String, CodeBlock> lists) {
        var method = MethodSpec.methodBuilder("tasks")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .returns(DeviceGraphs.PARTS)
                .addParameter(PROGRAM_ROLE, "role")
                .beginControlFlow("return switch (role)");
        lists.forEach((role, list) -> method.addStatement("case $L -> $L", role, list));
        return method.addStatement("default -> $T.of()", List.class)
                .addCode("$<};\n")
                .build();
    }

    private List<DeviceTask> tasksOf(ProgramRole role) {
        return program(role).tasks();
    }

    private DeviceTasks program(ProgramRole role) {
        return Optional.ofNullable(tasks.get(role)).orElseThrow();
    }

    private MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addParameter(TRAINING_PROGRAM, "program")
                .addParameter(int.class, "capacity")
                .addParameter(DEVICE, "device")
                .addStatement(
                        "super(program, $T.DESCRIPTION, $L, $L, device)",
                        cpuProgram,
                        deviceLayout(),
                        capacity.rows().isPresent() ? capacity.rows().getAsInt() : "capacity")
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
        items.add(CodeBlock.of(
                "$L", training.totals().hasTensors() ? training.totals().count() : 0));
        items.add(CodeBlock.of("$L", device.lossEvery()));
        items.add(CodeBlock.of("$T.of($L)", Map.class, Positions.list(results())));
        return CodeBlock.of("new $T($L)", DEVICE_LAYOUT, Positions.list(items));
    }

    /** Of each program that has any, in turn its role and where they are. */
    private List<CodeBlock> results() {
        var results = new ArrayList<CodeBlock>();
        plans.byRole().forEach((role, plan) -> {
            var places = ProgramResult.of(plan, training.totals()).stream()
                    .map(result -> place(role, result))
                    .toList();
            if (!places.isEmpty()) {
                results.add(CodeBlock.of("$T.$L", PROGRAM_ROLE, role));
                results.add(CodeBlock.of("$T.of($L)", List.class, Positions.list(places)));
            }
        });
        return results;
    }

    private CodeBlock place(ProgramRole role, ProgramResult result) {
        return result.tensor()
                .map(statistic -> CodeBlock.of(
                        "new $T($L, $L)",
                        DEVICE_LAYOUT.nestedClass("Result").nestedClass("Tensor"),
                        training.totals().offset(statistic.name()),
                        statistic.count()))
                .orElseGet(() -> CodeBlock.of(
                        "new $T($L)",
                        DEVICE_LAYOUT.nestedClass("Result").nestedClass("Number"),
                        program(role).position(result.value())));
    }
}
