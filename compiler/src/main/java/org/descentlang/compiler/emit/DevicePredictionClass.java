package org.descentlang.compiler.emit;

import static org.descentlang.compiler.emit.device.DeviceNames.DEVICES;
import static org.descentlang.compiler.emit.device.DeviceNames.DEVICE_PREDICTION;
import static org.descentlang.compiler.emit.device.DeviceNames.DEVICE_PREDICTION_LAYOUT;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.ModelLayoutPlan.Placed;
import org.descentlang.compiler.emit.device.DeviceGraphs;
import org.descentlang.compiler.emit.device.DeviceNumbers;
import org.descentlang.compiler.emit.device.DeviceRoom;
import org.descentlang.compiler.emit.device.DeviceTasks;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.model.Hyperparameter;
import org.descentlang.compiler.model.ModelSpec;
import org.descentlang.compiler.model.Target;
import org.descentlang.compiler.plan.Plan;

/** A model in inference mode on TornadoVM. */
final class DevicePredictionClass {
    private final ModelSpec model;
    private final ModelLayoutPlan layout;
    private final ClassName name;
    private final ClassName kernels;
    private final Plan plan;
    private final DeviceNumbers numbers;
    private final DeviceRoom room = new DeviceRoom();
    private final DeviceTasks tasks;

    DevicePredictionClass(ModelSpec model, ModelLayoutPlan layout, ClassNames names, String simpleName, Target target) {
        this.model = model;
        this.layout = layout;
        this.name = names.internal(simpleName + ".DevicePrediction");
        this.kernels = names.internal(simpleName + ".DeviceKernels");
        this.plan = PredictionClass.plan(layout);
        this.numbers = DeviceNumbers.of(model.hyperparameters());
        this.tasks = DeviceTasks.of(plan, numbers, room, target == Target.TORNADO);
    }

    ClassName name() {
        return name;
    }

    List<TypeSpec> types() {
        var graphs = new DeviceGraphs(kernels);
        var type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.FINAL)
                .superclass(DEVICE_PREDICTION)
                .addJavadoc("A prediction on a TornadoVM device: its tasks in order.\n")
                .addMethod(constructor());
        CodeBlock list = graphs.addTo(type, "predict", tasks.tasks());
        type.addMethod(MethodSpec.methodBuilder("predictTasks")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .returns(DeviceGraphs.PARTS)
                .addStatement("return $L", list)
                .build());
        DeviceGraphs.addOnHost(type, tasks.onHost().stream().toList());
        return List.of(type.build(), graphs.kernels(name, tasks.tasks()));
    }

    private MethodSpec constructor() {
        var items = new ArrayList<CodeBlock>();
        for (long size : new long[] {
            PredictionClass.CAPACITY,
            plan.work().fixedPart(),
            plan.integers().fixedPart(),
            layout.floatInputs(),
            layout.intInputs(),
            layout.outputs(),
            room.given(),
            room.scalars(),
            room.partials()
        }) {
            items.add(CodeBlock.of("$L", size));
        }
        items.add(CodeBlock.of("$T.of($L)", List.class, Positions.list(hyperparameters())));
        items.add(CodeBlock.of("$T.of($L)", List.class, Positions.list(singles())));
        return MethodSpec.constructorBuilder()
                .addParameter(float[].class, "parameters")
                .addParameter(float[].class, "running")
                .addParameter(String.class, "device")
                .addStatement(
                        "super(parameters, running, $T.find(device), new $T($L))",
                        DEVICES,
                        DEVICE_PREDICTION_LAYOUT,
                        Positions.list(items))
                .build();
    }

    private List<CodeBlock> hyperparameters() {
        return model.hyperparameters().stream()
                .map(Hyperparameter::value)
                .map(value -> CodeBlock.of("$L", value))
                .toList();
    }

    /** Outputs that are single numbers: where they go, and where kernels leave them. */
    private List<CodeBlock> singles() {
        var items = new ArrayList<CodeBlock>();
        for (Placed output : layout.outputPlaces()) {
            if (output.isSingle()) {
                items.add(CodeBlock.of(
                        "new $T($L, $L)",
                        DEVICE_PREDICTION_LAYOUT.nestedClass("Single"),
                        output.offset(),
                        tasks.position(output.value())));
            }
        }
        return items;
    }
}
