package org.descentlang.compiler.emit;

import static org.descentlang.compiler.emit.text.RuntimeNames.METRIC_FORMULA;
import static org.descentlang.compiler.emit.text.RuntimeNames.TEAM;
import static org.descentlang.compiler.emit.text.RuntimeNames.TRAINING_DESCRIPTION;
import static org.descentlang.compiler.emit.text.RuntimeNames.TRAINING_PROGRAM;
import static org.descentlang.compiler.emit.text.RuntimeNames.TRAINING_STEP;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.text.Comments;
import org.descentlang.compiler.layout.TrainingDescriptions;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.TrainingSpec;

/**
 * The facts of a `train` for the training loop.
 *
 * @param data the class that describes the examples
 * @param model the class that lists the parameters
 */
record ProgramClass(
        TrainingSpec training,
        TrainingLayout layout,
        ClassName name,
        ClassName step,
        ClassName formula,
        Optional<DataClass> data,
        ClassName model) {
    TypeSpec type() {
        var type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.FINAL)
                .addSuperinterface(TRAINING_PROGRAM)
                .addJavadoc("The facts of {@code train $L}.\n", Comments.escaped(training.name()))
                .addField(FieldSpec.builder(TRAINING_DESCRIPTION, "DESCRIPTION", Modifier.STATIC, Modifier.FINAL)
                        .initializer("describe()")
                        .build());
        type.addMethod(overridden("description", TRAINING_DESCRIPTION)
                .addStatement("return DESCRIPTION")
                .build());
        type.addMethod(overridden("open", TRAINING_STEP)
                .addParameter(int.class, "capacity")
                .addParameter(TEAM, "team")
                .addStatement("return new $T(capacity, team)", step)
                .build());
        type.addMethod(overridden("formula", METRIC_FORMULA)
                .addStatement("return new $T()", formula)
                .build());
        RecordMethods.add(type, "describe", TrainingDescriptions.of(training, this::conversion), elsewhere());
        return type.build();
    }

    private static MethodSpec.Builder overridden(String name, ClassName returned) {
        return MethodSpec.methodBuilder(name)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(returned);
    }

    private ValueText.Generated conversion(DataSpec.Field field) {
        return data.orElseThrow().generated(field);
    }

    /** What other classes have. */
    private Map<String, CodeBlock> elsewhere() {
        var given = new LinkedHashMap<String, CodeBlock>();
        given.put("model", tensors());
        data.ifPresent(
                present -> given.put("data", CodeBlock.of("$T.of($T.describe())", Optional.class, present.name())));
        return given;
    }

    /** The model's parameters, moved to where training has them: what shares an update lies together. */
    private CodeBlock tensors() {
        List<ParameterSpec> parameters = training.model().parameters();
        if (layout.places().inOrder().equals(parameters)) {
            return CodeBlock.of("$T.LAYOUT", model);
        }
        List<Integer> offsets = parameters.stream()
                .map(parameter -> layout.places().parameters().of(parameter.path()))
                .map(Math::toIntExact)
                .toList();
        return CodeBlock.of("$T.LAYOUT.at($L)", model, ValueText.of(offsets));
    }
}
