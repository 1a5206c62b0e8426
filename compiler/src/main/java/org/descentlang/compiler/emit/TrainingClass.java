package org.descentlang.compiler.emit;

import static org.descentlang.compiler.emit.text.RuntimeNames.DATA_FOLDERS;
import static org.descentlang.compiler.emit.text.RuntimeNames.EPOCH_REPORT;
import static org.descentlang.compiler.emit.text.RuntimeNames.EVALUATION;
import static org.descentlang.compiler.emit.text.RuntimeNames.TRAINER;
import static org.descentlang.compiler.emit.text.RuntimeNames.TRAINING_FAILED_EXCEPTION;
import static org.descentlang.compiler.emit.text.RuntimeNames.TRAINING_LISTENER;
import static org.descentlang.compiler.emit.text.RuntimeNames.TRAINING_MAIN;
import static org.descentlang.compiler.emit.text.RuntimeNames.TRAINING_PROGRAM;
import static org.descentlang.compiler.emit.text.RuntimeNames.TRAINING_RESULT;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.text.Comments;
import org.descentlang.compiler.emit.text.Names;
import org.descentlang.compiler.model.TrainingSpec;

/** The class that a Java programmer trains with. */
final class TrainingClass {
    private final TrainingSpec training;
    private final ClassName name;
    private final ClassName program;
    private final Optional<DeviceStepClass.Opening> device;
    private final ClassName model;
    private final ClassName result;
    private final ClassName scores;

    /** @param device empty for the CPU */
    TrainingClass(
            TrainingSpec training,
            ClassName name,
            ClassName program,
            Optional<DeviceStepClass.Opening> device,
            ClassName model) {
        this.training = training;
        this.name = name;
        this.program = program;
        this.device = device;
        this.model = model;
        this.result = name.nestedClass("Result");
        this.scores = name.nestedClass("Scores");
    }

    TypeSpec type() {
        String doc = training.doc().orElse("Trains {@link " + model.simpleName() + "}.");
        var type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addJavadoc("$L\n", training.doc().isPresent() ? Comments.escaped(doc) : doc)
                .addJavadoc("\n<pre>{@code var result = $T.create().seed(42).train();}</pre>\n", name);
        type.addField(TRAINER, "trainer", Modifier.PRIVATE, Modifier.FINAL);
        type.addField(FieldSpec.builder(TRAINING_LISTENER, "listener", Modifier.PRIVATE)
                .initializer("$T.silent()", TRAINING_LISTENER)
                .build());
        type.addMethod(MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(TRAINING_PROGRAM, "program")
                .addStatement("trainer = new $T(program)", TRAINER)
                .build());
        addFactories(type);
        device.ifPresent(opening -> addDevices(type, opening));
        addSettings(type);
        type.addMethod(method("train", result, "Trains to the end, or until a clause of the file stops it.")
                .addJavadoc(
                        "@throws $T if a value became infinite or NaN; its result has the last finite parameters\n",
                        TRAINING_FAILED_EXCEPTION)
                .addStatement("return new $T(trainer.train(listener))", result)
                .build());
        type.addType(result());
        type.addType(scores());
        return type.build();
    }

    private void addFactories(TypeSpec.Builder type) {
        type.addMethod(method("create", name, "A training as the file describes it.")
                .addModifiers(Modifier.STATIC)
                .addStatement("return new $T(program())", name)
                .build());
        type.addMethod(method("program", TRAINING_PROGRAM, "The program that the training loop runs.")
                .addModifiers(Modifier.STATIC)
                .addStatement(device.map(opening -> CodeBlock.of("return program($S)", opening.device()))
                        .orElse(CodeBlock.of("return new $T()", program)))
                .build());
        type.addMethod(method("main", TypeName.VOID, "Trains and prints progress.")
                .addModifiers(Modifier.STATIC)
                .addParameter(String[].class, "arguments")
                .addStatement("$T.run(program(), arguments)", TRAINING_MAIN)
                .build());
    }

    private void addDevices(TypeSpec.Builder type, DeviceStepClass.Opening opening) {
        var device = parameter(String.class, "device");
        type.addMethod(method(
                        "create",
                        name,
                        "A training on another device than the file's: {@code gpu}, {@code 0:1}, {@code cpu}.")
                .addModifiers(Modifier.STATIC)
                .addParameter(device)
                .addStatement("return new $T(program(device))", name)
                .build());
        type.addMethod(method("program", TRAINING_PROGRAM, "The program that the training loop runs, on a device.")
                .addModifiers(Modifier.STATIC)
                .addParameter(device)
                .addStatement("return device.equals($S) ? new $T() : new $T(device)", "cpu", program, opening.program())
                .build());
    }

    private void addSettings(TypeSpec.Builder type) {
        type.addMethod(setting("seed", "Replaces the seed of the file.", parameter(long.class, "seed"))
                .addStatement("trainer.seed(seed)")
                .addStatement("return this")
                .build());
        type.addMethod(setting(
                        "threads",
                        "Limits the number of threads; results do not depend on it.",
                        parameter(int.class, "threads"))
                .addStatement("trainer.threads(threads)")
                .addStatement("return this")
                .build());
        type.addMethod(
                setting("data", "Sets the folder in which relative data paths start.", parameter(Path.class, "folder"))
                        .addStatement("trainer.folders($T.of(folder))", DATA_FOLDERS)
                        .addStatement("return this")
                        .build());
        type.addMethod(setting(
                        "set",
                        "Replaces a number of the file: {@code optimizer.lr}, {@code epochs}, {@code steps}, {@code seed}.",
                        parameter(String.class, "path"),
                        parameter(double.class, "value"))
                .addStatement("trainer.set(path, value)")
                .addStatement("return this")
                .build());
        type.addMethod(setting(
                        "listener",
                        "Sets a listener, which is called on the thread that trains.",
                        ParameterSpec.builder(TRAINING_LISTENER, "listener").build())
                .addStatement("this.listener = $T.requireNonNull(listener, $S)", Objects.class, "listener")
                .addStatement("return this")
                .build());
    }

    private static ParameterSpec parameter(Class<?> type, String name) {
        return ParameterSpec.builder(type, name).build();
    }

    private MethodSpec.Builder setting(String setting, String doc, ParameterSpec... parameters) {
        var method = method(setting, name, doc);
        for (ParameterSpec parameter : parameters) {
            method.addParameter(parameter);
        }
        return method;
    }

    private static MethodSpec.Builder method(String name, TypeName returned, String doc) {
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PUBLIC)
                .returns(returned)
                .addJavadoc("$L\n", doc);
    }

    private TypeSpec result() {
        var type = TypeSpec.classBuilder(result)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("The result of a training.\n")
                .addField(TRAINING_RESULT, "details", Modifier.PRIVATE, Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .addParameter(TRAINING_RESULT, "details")
                        .addStatement("this.details = details")
                        .build());
        for (String split : List.of("test", "validation")) {
            type.addMethod(
                    method(split, scores, "Loss and metrics of the final parameters on the " + split + " examples.")
                            .addStatement(
                                    "return $T.of(details.$L().orElseThrow(() -> new $T($S)))",
                                    scores,
                                    split,
                                    IllegalStateException.class,
                                    training.name() + " has no " + split + " examples")
                            .build());
        }
        type.addMethod(method(
                        "history",
                        ParameterizedTypeName.get(ClassName.get(List.class), EPOCH_REPORT),
                        "One report per epoch.")
                .addStatement("return details.history()")
                .build());
        type.addMethod(method(
                        "warnings",
                        ParameterizedTypeName.get(ClassName.get(List.class), ClassName.get(String.class)),
                        "Signs that the training went wrong although its values are finite; empty if there are none.")
                .addStatement("return details.warnings()")
                .build());
        type.addMethod(method("steps", TypeName.LONG, "Steps taken.")
                .addStatement("return details.steps()")
                .build());
        type.addMethod(method("model", model, "The model with the final parameters.")
                .addStatement("return $T.of(details)", model)
                .build());
        type.addMethod(method("details", TRAINING_RESULT, "Everything else.")
                .addStatement("return details")
                .build());
        return type.build();
    }

    private TypeSpec scores() {
        var names =
                new Names("of", "hashCode", "toString", "getClass", "notify", "notifyAll", "wait", "clone", "finalize");
        var components = MethodSpec.constructorBuilder();
        var values = CodeBlock.builder();
        components.addParameter(double.class, names.unique("loss"));
        values.add("evaluation.loss()");
        for (TrainingSpec.Metric metric : training.metrics()) {
            boolean isNumber = training.totals().type(metric.name()).isScalar();
            components.addParameter(
                    isNumber ? double.class : double[][].class, names.unique(Names.variable(metric.name())));
            values.add(",$Wevaluation.$L($S)", isNumber ? "value" : "matrix", metric.name());
        }
        return TypeSpec.recordBuilder(scores)
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("The mean loss and the metrics over the examples of a split.\n")
                .recordConstructor(components.build())
                .addMethod(MethodSpec.methodBuilder("of")
                        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                        .returns(scores)
                        .addParameter(EVALUATION, "evaluation")
                        .addStatement("return new $T($L)", scores, values.build())
                        .build())
                .build();
    }
}
