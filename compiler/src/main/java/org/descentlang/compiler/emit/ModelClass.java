package org.descentlang.compiler.emit;

import static org.descentlang.compiler.emit.text.RuntimeNames.INDICES;
import static org.descentlang.compiler.emit.text.RuntimeNames.MODEL_FILE;
import static org.descentlang.compiler.emit.text.RuntimeNames.PREDICTION;
import static org.descentlang.compiler.emit.text.RuntimeNames.PREDICTION_POOL;
import static org.descentlang.compiler.emit.text.RuntimeNames.TRAINING_RESULT;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.ModelLayoutPlan.Placed;
import org.descentlang.compiler.emit.text.Comments;
import org.descentlang.compiler.emit.text.Names;
import org.descentlang.compiler.layout.ModelPlaces;
import org.descentlang.compiler.model.ModelSpec;
import org.descentlang.description.ModelLayout;

/** The class that a Java programmer predicts with: typed by the model's inputs and outputs. */
final class ModelClass {
    private final ModelSpec model;
    private final ModelLayoutPlan layout;
    private final ClassName name;
    private final ClassName prediction;
    private final ClassName tensors;
    private final Optional<ClassName> onDevice;
    private final ClassName outputs;
    private final List<String> inputNames = new ArrayList<>();
    private final List<String> outputNames = new ArrayList<>();

    /** @param onDevice what predicts on a device of TornadoVM, if the model is trained for one */
    ModelClass(
            ModelSpec model,
            ModelLayoutPlan layout,
            ClassName name,
            ClassName prediction,
            ClassName tensors,
            Optional<ClassName> onDevice) {
        this.model = model;
        this.layout = layout;
        this.name = name;
        this.prediction = prediction;
        this.tensors = tensors;
        this.onDevice = onDevice;
        this.outputs = name.nestedClass("Outputs");
        var inside = new Names("prediction", "pool", "rows", "first", "part", "result", "i");
        layout.inputPlaces()
                .forEach(input ->
                        inputNames.add(inside.unique(Names.variable(input.port().name()))));
        var components =
                new Names("hashCode", "toString", "getClass", "notify", "notifyAll", "wait", "clone", "finalize");
        inputNames.forEach(components::unique);
        List.of("prediction", "pool", "rows", "first", "part", "result", "i").forEach(components::unique);
        layout.outputPlaces()
                .forEach(output -> outputNames.add(
                        components.unique(Names.variable(output.port().name()))));
    }

    TypeSpec type() {
        var type = TypeSpec.classBuilder(name).addModifiers(Modifier.PUBLIC, Modifier.FINAL);
        addDoc(type);
        type.addField(PREDICTION_POOL, "pool", Modifier.PRIVATE, Modifier.FINAL);
        type.addMethod(MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(PREDICTION_POOL, "pool")
                .addStatement("this.pool = pool")
                .build());
        type.addMethod(untrained());
        addFiles(type);
        onDevice.ifPresent(device -> addDevice(type, device));
        // A model may be nothing but parameters that a loss looks at.
        if (!model.outputs().isEmpty()) {
            type.addMethod(predict());
        }
        if (outputNames.size() > 1) {
            type.addType(outputsRecord());
        }
        return type.build();
    }

    /**
     * Of its own, for trainings too: the class that users see may know of devices, and the step of a training must be
     * made where there is no TornadoVM.
     */
    TypeSpec tensors() {
        var type = TypeSpec.classBuilder(tensors)
                .addModifiers(Modifier.FINAL)
                .addJavadoc("The parameters of {@code $L}.\n", Comments.escaped(model.name()))
                .addField(FieldSpec.builder(ModelLayout.class, "LAYOUT", Modifier.STATIC, Modifier.FINAL)
                        .initializer("layout()")
                        .build())
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build());
        RecordMethods.add(type, "layout", ModelPlaces.layout(model), Map.of());
        return type.build();
    }

    private void addDoc(TypeSpec.Builder type) {
        type.addJavadoc("$L\n", Comments.escaped(model.doc().orElse("Model " + model.name() + ".")));
        if (!model.arguments().isEmpty()) {
            var arguments = model.arguments().stream()
                    .map(argument -> argument.name() + " = " + argument.value())
                    .toList();
            type.addJavadoc("\n<p>With $L.\n", Comments.escaped(String.join(", ", arguments)));
        }
        type.addJavadoc("\n<p>Several threads may share one.\n");
    }

    private MethodSpec untrained() {
        return MethodSpec.methodBuilder("untrained")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(name)
                .addStatement(
                        "return new $T($T.of($L, $L, $T::new))",
                        name,
                        PREDICTION_POOL,
                        layout.parameterCount(),
                        layout.runningCount(),
                        prediction)
                .build();
    }

    private void addFiles(TypeSpec.Builder type) {
        type.addMethod(MethodSpec.methodBuilder("of")
                .addJavadoc("The model that a training produced.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addParameter(TRAINING_RESULT, "result")
                .returns(name)
                .addStatement("var model = untrained()")
                .addStatement(
                        "result.description().model().copy(result.state().parameters(), result.state().running(),$W$T.LAYOUT,$Wmodel.pool.parameters(), model.pool.running())",
                        tensors)
                .addStatement("return model")
                .build());
        type.addMethod(MethodSpec.methodBuilder("load")
                .addJavadoc("Loads a model that {@link #save} wrote.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addParameter(Path.class, "path")
                .returns(name)
                .addStatement("var model = untrained()")
                .addStatement(
                        "$T.load(path, $T.LAYOUT, model.pool.parameters(), model.pool.running())", MODEL_FILE, tensors)
                .addStatement("return model")
                .build());
        type.addMethod(MethodSpec.methodBuilder("save")
                .addJavadoc("Writes parameters and running state to a file.\n")
                .addModifiers(Modifier.PUBLIC)
                .addParameter(Path.class, "path")
                .addStatement("$T.save(path, $T.LAYOUT, pool.parameters(), pool.running())", MODEL_FILE, tensors)
                .build());
    }

    private void addDevice(TypeSpec.Builder type, ClassName device) {
        type.addMethod(MethodSpec.methodBuilder("on")
                .addJavadoc(
                        "The same model on a device: {@code gpu}, {@code 0:1}. Its parameters stay there until the program ends.\n")
                .addModifiers(Modifier.PUBLIC)
                .returns(name)
                .addParameter(String.class, "device")
                .addStatement(
                        "return new $T(pool.one((parameters, running) -> new $T(parameters, running, device)))",
                        name,
                        device)
                .build());
    }

    private TypeSpec outputsRecord() {
        var constructor = MethodSpec.constructorBuilder();
        var doc = CodeBlock.builder().add("The outputs of the model, for one example after another.\n");
        for (int i = 0; i < outputNames.size(); i++) {
            constructor.addParameter(type(layout.outputPlaces().get(i)), outputNames.get(i));
        }
        return TypeSpec.recordBuilder(outputs)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addJavadoc(doc.build())
                .recordConstructor(constructor.build())
                .build();
    }

    private static TypeName type(Placed port) {
        return TypeName.get(port.isWhole() ? int[].class : float[].class);
    }

    private MethodSpec predict() {
        var method = MethodSpec.methodBuilder("predict")
                .addModifiers(Modifier.PUBLIC)
                .returns(outputNames.size() == 1 ? type(layout.outputPlaces().getFirst()) : outputs);
        document(method);
        for (int i = 0; i < inputNames.size(); i++) {
            method.addParameter(type(layout.inputPlaces().get(i)), inputNames.get(i));
        }
        addRows(method);
        for (int i = 0; i < outputNames.size(); i++) {
            Placed output = layout.outputPlaces().get(i);
            String element = output.isWhole() ? "int" : "float";
            String count = output.isByRow() ? "rows * " + output.width() : Long.toString(output.width());
            method.addStatement("$1L[] $2L = new $1L[$3L]", element, outputNames.get(i), count);
        }
        addLoop(method);
        String all = String.join(", ", outputNames);
        return outputNames.size() == 1
                ? method.addStatement("return $L", all).build()
                : method.addStatement("return new $T($L)", outputs, all).build();
    }

    /** What is said before the number of values that there are; the first input decides how many examples there are. */
    private static CodeBlock complaint(Placed input, boolean first) {
        String needs = input.port().name() + " needs " + (input.width() == 1 ? "1 value" : input.width() + " values");
        if (first || !input.isByRow()) {
            return CodeBlock.of("$S", needs + (input.isByRow() ? " for each example" : "") + ", not ");
        }
        return CodeBlock.of("$S + rows + $S", needs + " for each example (", " in all), not ");
    }

    private void document(MethodSpec.Builder method) {
        method.addJavadoc("Predicts for one or more examples, which follow each other in the arrays.\n\n");
        for (int i = 0; i < inputNames.size(); i++) {
            Placed input = layout.inputPlaces().get(i);
            String doc = input.port().doc().map(text -> text + "; ").orElse("");
            method.addJavadoc(
                    "@param $L $L$L per example\n",
                    inputNames.get(i),
                    Comments.escaped(doc),
                    input.width() == 1 ? "1 value" : input.width() + " values");
        }
        if (outputNames.size() == 1) {
            Placed output = layout.outputPlaces().getFirst();
            String doc = output.port().doc().orElse(output.port().name());
            method.addJavadoc(
                    "@return $L: {@code $L}\n",
                    Comments.escaped(doc),
                    output.port().type());
        }
    }

    private void addRows(MethodSpec.Builder method) {
        int first = 0;
        while (first < inputNames.size() && !layout.inputPlaces().get(first).isByRow()) {
            first++;
        }
        if (first < inputNames.size()) {
            long width = layout.inputPlaces().get(first).width();
            method.addStatement("int rows = $L.length / $L", inputNames.get(first), width);
        } else {
            method.addStatement("int rows = 1");
        }
        for (int i = 0; i < inputNames.size(); i++) {
            Placed input = layout.inputPlaces().get(i);
            String array = inputNames.get(i);
            String needed = input.isByRow() ? "rows * " + input.width() : Long.toString(input.width());
            method.beginControlFlow("if ($L.length != $L)", array, needed)
                    .addStatement(
                            "throw new $T($L + $L.length)",
                            IllegalArgumentException.class,
                            complaint(input, i == first),
                            array)
                    .endControlFlow();
            input.port()
                    .below()
                    .ifPresent(limit -> method.addStatement(
                            "$T.requireBelow($S, $L, $L)", INDICES, input.port().name(), array, limit));
        }
    }

    private void addLoop(MethodSpec.Builder method) {
        method.addStatement("$T prediction = pool.take()", PREDICTION);
        method.beginControlFlow("try");
        method.beginControlFlow("for (int first = 0; first < rows; first += prediction.capacity())");
        method.addStatement("int part = $T.min(prediction.capacity(), rows - first)", Math.class);
        for (int i = 0; i < inputNames.size(); i++) {
            Placed input = layout.inputPlaces().get(i);
            method.addStatement(
                    "$T.arraycopy($L, $L, prediction.$L(), $L, $L)",
                    System.class,
                    inputNames.get(i),
                    input.isByRow() ? "first * " + input.width() : "0",
                    input.isWhole() ? "intInputs" : "floatInputs",
                    input.offset(),
                    input.isByRow() ? "part * " + input.width() : Long.toString(input.width()));
        }
        method.addStatement("prediction.predict(part)");
        for (int i = 0; i < outputNames.size(); i++) {
            addCopy(method, layout.outputPlaces().get(i), outputNames.get(i));
        }
        method.endControlFlow();
        method.nextControlFlow("finally")
                .addStatement("pool.giveBack(prediction)")
                .endControlFlow();
    }

    private static void addCopy(MethodSpec.Builder method, Placed output, String array) {
        String start = output.isByRow() ? "first * " + output.width() : "0";
        String count = output.isByRow() ? "part * " + output.width() : Long.toString(output.width());
        if (output.isWhole()) {
            method.beginControlFlow("for (int i = 0; i < $L; i++)", count)
                    .addStatement("$L[$L + i] = (int) prediction.outputs()[$L + i]", array, start, output.offset())
                    .endControlFlow();
        } else {
            method.addStatement(
                    "$T.arraycopy(prediction.outputs(), $L, $L, $L, $L)",
                    System.class,
                    output.offset(),
                    array,
                    start,
                    count);
        }
    }
}
