package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.device.DeviceNames;
import org.descentlang.compiler.emit.device.DeviceNumbers;
import org.descentlang.compiler.emit.device.DeviceRoom;
import org.descentlang.compiler.emit.device.DeviceTask;
import org.descentlang.compiler.emit.device.DeviceTasks;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.plan.Slab;

/** Kernels for TornadoVM as plain Java, one after another, over stand-ins for its arrays. */
final class RunnableKernels {
    private static final ClassName STEP = ClassName.get("generated", "Step");
    private static final ClassName KERNELS = ClassName.get("generated", "StepKernels");
    private static final Path RUNTIME = Path.of("../runtime/tornado/src/main/java/org/descentlang/runtime/tornado");
    private static final List<String> STAND_INS = List.of(
            "KernelContext",
            "annotations/Parallel",
            "math/TornadoMath",
            "types/arrays/FloatArray",
            "types/arrays/IntArray",
            "types/arrays/DoubleArray");

    private RunnableKernels() {}

    static RunnableProgram of(Program program, int capacity, Capacity planned, boolean parallel) {
        return new RunnableProgram(program, capacity, planned, runnable -> files(runnable, parallel, false));
    }

    /** As on a GPU: groups of threads where kernels have that form. */
    static RunnableProgram inGroups(Program program, int capacity) {
        return new RunnableProgram(program, capacity, Capacity.of(capacity), runnable -> files(runnable, true, true));
    }

    static List<DeviceTask> tasks(RunnableProgram runnable, DeviceRoom room, boolean parallel) {
        return DeviceTasks.of(runnable.plan(), numbers(runnable.program()), room, parallel)
                .tasks();
    }

    private static DeviceNumbers numbers(Program program) {
        return new DeviceNumbers(program.instructions().stream()
                .filter(instruction -> instruction.op() instanceof Op.Read read && read.storage() == Storage.SCALAR)
                .map(instruction -> ((Op.Read) instruction.op()).name())
                .distinct()
                .toList());
    }

    private static List<JavaFile> files(RunnableProgram runnable, boolean parallel, boolean groups) {
        var room = new DeviceRoom();
        var numbers = numbers(runnable.program());
        var tasks = DeviceTasks.of(runnable.plan(), numbers, room, parallel);
        var kernels = TypeSpec.classBuilder(KERNELS)
                .addModifiers(Modifier.FINAL)
                .addMethods(tasks.tasks().stream()
                        .flatMap(task -> task.methods().stream())
                        .toList());
        var files = new ArrayList<JavaFile>();
        files.add(JavaSources.file("generated", "random", kernels.build(), 0));
        files.add(JavaSources.file("generated", "random", step(runnable, tasks, numbers, room, groups), 0));
        STAND_INS.forEach(name -> files.add(standIn(name)));
        for (String name : List.of("DeviceMath", "DeviceRandom")) {
            files.add(file("org/descentlang/runtime/tornado/" + name + ".java", RUNTIME.resolve(name + ".java")));
        }
        return files;
    }

    private static JavaFile standIn(String name) {
        String simple = name.substring(name.lastIndexOf('/') + 1);
        return file(
                "uk/ac/manchester/tornado/api/" + name + ".java",
                Path.of("src/test/resources/tornado/" + simple + ".txt"));
    }

    private static JavaFile file(String name, Path path) {
        try {
            return new JavaFile(name, Files.readString(path), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TypeSpec step(
            RunnableProgram runnable, DeviceTasks tasks, DeviceNumbers numbers, DeviceRoom room, boolean groups) {
        var step = TypeSpec.classBuilder(STEP).addModifiers(Modifier.FINAL);
        step.addField(int.class, "rows").addField(long.class, "seed").addField(long.class, "draw");
        step.addField(FieldSpec.builder(int.class, "capacity")
                .initializer("$L", runnable.capacity())
                .build());
        step.addField(ParameterizedTypeName.get(Map.class, String.class, Double.class), "scalars");
        addDoubles(step, "numberArray", numbers.size() + room.given());
        addDoubles(step, "scalarArray", room.scalars());
        addDoubles(step, "partialArray", room.partials());
        for (Slab slab : Slab.values()) {
            Class<?> type = slab.isFloats() ? float[].class : int[].class;
            step.addField(FieldSpec.builder(type, slab.text())
                    .initializer("new $T[$L]", type.getComponentType(), runnable.size(slab))
                    .build());
        }
        tasks.onHost().ifPresent(step::addMethod);
        step.addMethod(run(tasks, numbers, groups));
        runnable.program().outputs().stream()
                .filter(output -> output.sink() == Output.Sink.RESULT
                        && runnable.program().type(output.value()).isScalar())
                .mapToInt(Output::value)
                .distinct()
                .forEach(value -> step.addMethod(MethodSpec.methodBuilder("result" + value)
                        .returns(double.class)
                        .addStatement("return scalarArray.get($L)", tasks.position(value))
                        .build()));
        return step.build();
    }

    private static void addDoubles(TypeSpec.Builder step, String name, int size) {
        step.addField(FieldSpec.builder(DeviceNames.DOUBLE_ARRAY, name)
                .initializer("new $T($L)", DeviceNames.DOUBLE_ARRAY, size)
                .build());
    }

    private static MethodSpec run(DeviceTasks tasks, DeviceNumbers numbers, boolean groups) {
        var run = MethodSpec.methodBuilder("run").addException(InterruptedException.class);
        run.addStatement("numberArray.set($L, rows)", DeviceNumbers.ROWS);
        for (String key : List.of("seed", "draw")) {
            int at = key.equals("seed") ? DeviceNumbers.SEED : DeviceNumbers.DRAW;
            run.addStatement("numberArray.set($L, (int) $L)", at, key);
            run.addStatement("numberArray.set($L, (int) ($L >>> 32))", at + 1, key);
        }
        for (int i = 0; i < numbers.hyperparameters().size(); i++) {
            String name = numbers.hyperparameters().get(i);
            run.addStatement("numberArray.set($L, scalars.get($S))", DeviceNumbers.HYPERPARAMETERS + i, name);
        }
        tasks.onHost().ifPresent(method -> run.addStatement("$L(numberArray)", method.name()));
        for (DeviceTask task : tasks.tasks()) {
            run.addStatement(task.other()
                    .filter(other -> groups && other instanceof DeviceTask.Groups)
                    .map(other -> inGroups((DeviceTask.Groups) other))
                    .orElse(call(task.method())));
        }
        return run.build();
    }

    private static CodeBlock inGroups(DeviceTask.Groups groups) {
        return CodeBlock.of(
                "$T.run($L, 256, context -> $L)", DeviceNames.KERNEL_CONTEXT, groups.count(), call(groups.method()));
    }

    private static CodeBlock call(MethodSpec method) {
        var arguments = method.parameters().stream()
                .map(parameter -> argument(parameter.type(), parameter.name()))
                .toList();
        return CodeBlock.of("$T.$L($L)", KERNELS, method.name(), String.join(", ", arguments));
    }

    private static String argument(TypeName type, String name) {
        assertThat(name).matches("\\w+");
        if (type.equals(DeviceNames.DOUBLE_ARRAY)) {
            return name.substring(0, name.length() - 1) + "Array";
        }
        return type.isPrimitive() || type.equals(DeviceNames.KERNEL_CONTEXT) ? name : "new " + type + "(" + name + ")";
    }
}
