package org.descentlang.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.emit.program.KernelClass;
import org.descentlang.compiler.model.CheckedUnit;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.model.DeviceSpec;
import org.descentlang.compiler.model.ModelSpec;
import org.descentlang.compiler.model.Target;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.plan.Capacity;

/**
 * A checked file to Java: the same text on every run.
 *
 * <p>For `train X`: `X` to train with, `XProgram`, `XStep` and `XMetrics` for the training loop, `XPlaces` with the map
 * of memory, `XGradient`, `XUpdate` and so on for the programs of a step, `XKernels`; if it is to run on a device of
 * TornadoVM, also `XDeviceProgram`, `XDeviceStep` and `XDeviceKernels`. For `model M`: `M` to predict with,
 * `MLayout` with its parameters, `MPrediction`, `MPlaces`, `MPredict`, `MKernels`; if it is trained on a device, also
 * `MDevicePrediction` and `MDeviceKernels`. See {@link VisibleClasses}.
 */
public final class JavaEmitter {
    private final CheckedUnit unit;
    private final VisibleClasses visible;
    private final ClassNames names;
    private final List<TypeSpec> types = new ArrayList<>();
    /** By the model's class, that which lists its parameters. */
    private final Map<ClassName, ClassName> tensors = new HashMap<>();

    private final List<KernelClass> kernels = new ArrayList<>();
    private final Map<String, DataClass> data = new LinkedHashMap<>();

    private final UnaryOperator<String> device;
    private final ArraySizes sizes;

    private JavaEmitter(CheckedUnit unit, UnaryOperator<String> device, Problems problems) {
        this.unit = unit;
        this.sizes = new ArraySizes(problems);
        this.visible = new VisibleClasses(unit);
        this.names = visible.names();
        this.device = device;
    }

    /**
     * @param device what is made of the devices of trainings
     * @param problems what is too large for Java's arrays is reported to, and then not to be compiled
     */
    public static List<JavaFile> emit(CheckedUnit unit, UnaryOperator<String> device, Problems problems) {
        return new JavaEmitter(unit, device, problems).files();
    }

    private List<JavaFile> files() {
        visible.models().forEach(this::addModel);
        unit.trainings().forEach(this::addTraining);
        var files = new ArrayList<JavaFile>();
        types.forEach(type -> files.add(file(type, 0)));
        kernels.forEach(kernel -> KernelClass.VECTOR_BITS.forEach(bits -> files.add(file(kernel.vectors(bits), bits))));
        return List.copyOf(files);
    }

    private JavaFile file(TypeSpec type, int vectorBits) {
        return JavaSources.file(names.packageName(), unit.sourceName(), type, vectorBits);
    }

    private void addModel(ModelSpec model) {
        ClassName name = visible.of(model);
        Optional<Target> target = trainedOn(model);
        var layout = new ModelLayoutPlan(model, target.isEmpty());
        var onDevice = target.map(found -> new DevicePredictionClass(model, layout, names, name.simpleName(), found));
        var predicting = new PredictionClass(model, layout, names, name);
        if (!predicting.fits(model.span(), sizes)) {
            return;
        }
        ClassName list = names.internal(name.simpleName() + ".Layout");
        tensors.put(name, list);
        var seen =
                new ModelClass(model, layout, name, predicting.name(), list, onDevice.map(DevicePredictionClass::name));
        types.add(seen.type());
        types.add(seen.tensors());
        types.addAll(predicting.types());
        add(predicting.kernels());
        onDevice.ifPresent(classes -> types.addAll(classes.types()));
    }

    /** A model that has something to predict does so where it is trained; if that is not the CPU. */
    private Optional<Target> trainedOn(ModelSpec model) {
        return unit.trainings().stream()
                .filter(_ -> !model.outputs().isEmpty())
                .filter(training -> visible.of(training.model()).equals(visible.of(model)))
                .map(training -> device(training).target())
                .filter(target -> target != Target.CPU)
                .findFirst();
    }

    private ClassName listOf(ModelSpec model) {
        return Optional.ofNullable(tensors.get(visible.of(model))).orElseThrow();
    }

    private DeviceSpec device(TrainingSpec training) {
        return training.device().on(device.apply(training.device().name()));
    }

    private void add(KernelClass added) {
        types.add(added.plain());
        if (added.hasVectors()) {
            kernels.add(added);
        }
    }

    private void addTraining(TrainingSpec training) {
        ClassName name = visible.of(training);
        ClassName program = names.internal(name.simpleName() + ".Program");
        ClassName formula = names.internal(name.simpleName() + ".Metrics");
        Optional<DataClass> examples = training.data().map(this::dataClass);
        Capacity capacity = TrainingPlans.capacity(training);
        var layout = new TrainingLayout(training, capacity);
        var steps = new StepClass(training, capacity, layout, names, name, program);
        if (!steps.fits(sizes)) {
            return;
        }
        var onDevice = onDevice(training, capacity, layout, program);
        types.add(new TrainingClass(
                        training, name, program, onDevice.map(DeviceStepClass::opening), visible.of(training.model()))
                .type());
        types.add(new ProgramClass(training, layout, program, steps.name(), formula, examples, listOf(training.model()))
                .type());
        types.add(new FormulaClass(training, formula).type());
        types.addAll(steps.types());
        add(steps.kernels());
        onDevice.ifPresent(classes -> types.addAll(classes.types()));
    }

    /** The classes for a device of TornadoVM, if the training is to run on one. */
    private Optional<DeviceStepClass> onDevice(
            TrainingSpec training, Capacity capacity, TrainingLayout layout, ClassName program) {
        var spec = device(training);
        return spec.target() == Target.CPU
                ? Optional.empty()
                : Optional.of(new DeviceStepClass(training, capacity, layout, program, names, spec));
    }

    /** Made once for all trainings that use it. */
    private DataClass dataClass(DataSpec spec) {
        DataClass known = data.get(spec.name());
        if (known != null) {
            return known;
        }
        var made = new DataClass(spec, names);
        data.put(spec.name(), made);
        types.addAll(made.types());
        return made;
    }
}
