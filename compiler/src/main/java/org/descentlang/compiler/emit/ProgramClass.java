package org.descentlang.compiler.emit;

import static org.descentlang.compiler.emit.text.RuntimeNames.FIELD_DESCRIPTION;
import static org.descentlang.compiler.emit.text.RuntimeNames.METRIC_FORMULA;
import static org.descentlang.compiler.emit.text.RuntimeNames.PARAMETER_DESCRIPTION;
import static org.descentlang.compiler.emit.text.RuntimeNames.RUNNING_DESCRIPTION;
import static org.descentlang.compiler.emit.text.RuntimeNames.SCHEDULE_DESCRIPTION;
import static org.descentlang.compiler.emit.text.RuntimeNames.TEAM;
import static org.descentlang.compiler.emit.text.RuntimeNames.TRAINING_DESCRIPTION;
import static org.descentlang.compiler.emit.text.RuntimeNames.TRAINING_PROGRAM;
import static org.descentlang.compiler.emit.text.RuntimeNames.TRAINING_STEP;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.text.Comments;
import org.descentlang.compiler.emit.text.FloatText;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.plan.Capacity;

/** The facts of a `train` for the training loop. With `batch full` they depend on how many examples the data has. */
record ProgramClass(
        TrainingSpec training,
        Capacity capacity,
        TrainingLayout layout,
        ClassName name,
        ClassName step,
        ClassName formula,
        Optional<ClassName> data) {
    TypeSpec type() {
        boolean fixed = capacity.rows().isPresent();
        var type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.FINAL)
                .addSuperinterface(TRAINING_PROGRAM)
                .addJavadoc("What {@code train $L} says.\n", Comments.escaped(training.name()));
        if (fixed) {
            type.addField(FieldSpec.builder(
                            TRAINING_DESCRIPTION, "DESCRIPTION", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                    .initializer("describe()")
                    .build());
        }
        type.addMethod(overridden("description", TRAINING_DESCRIPTION)
                .addStatement(fixed ? "return DESCRIPTION" : "return describe(0)")
                .build());
        type.addMethod(overridden("open", TRAINING_STEP)
                .addParameter(int.class, "capacity")
                .addParameter(TEAM, "team")
                .addStatement("return new $T(capacity, team)", step)
                .build());
        type.addMethod(overridden("formula", METRIC_FORMULA)
                .addStatement("return new $T()", formula)
                .build());
        type.addMethod(describe(fixed));
        addLists(type);
        return type.build();
    }

    private static MethodSpec.Builder overridden(String name, ClassName returned) {
        return MethodSpec.methodBuilder(name)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(returned);
    }

    private MethodSpec describe(boolean fixed) {
        var describe = MethodSpec.methodBuilder("describe").addModifiers(Modifier.STATIC);
        if (!fixed) {
            describe.addJavadoc("@param capacity the most rows of a batch, on which the places of fields depend\n");
            describe.addParameter(int.class, "capacity");
        }
        var items = new ArrayList<CodeBlock>();
        items.add(CodeBlock.of("$S", training.name()));
        items.add(CodeBlock.of("$S", training.span().source().shortName()));
        items.add(CodeBlock.of("parameters()"));
        items.add(CodeBlock.of("$L", layout.parameterCount()));
        items.add(CodeBlock.of("$L", layout.trainedCount()));
        items.add(CodeBlock.of("states()"));
        items.add(CodeBlock.of("$L", layout.stateCount()));
        items.add(CodeBlock.of("running()"));
        items.add(CodeBlock.of("$L", layout.runningCount()));
        items.add(CodeBlock.of("hyperparameters()"));
        items.add(CodeBlock.of("schedules()"));
        items.add(Descriptions.optional(data, present -> CodeBlock.of("$T.describe()", present)));
        items.add(CodeBlock.of(fixed ? "fields()" : "fields(capacity)"));
        items.add(CodeBlock.of("$L", training.batch().orElse(0)));
        items.add(CodeBlock.of("$L", training.accumulate()));
        items.add(Descriptions.duration(training.length()));
        items.add(CodeBlock.of(
                "$T.$L",
                TRAINING_DESCRIPTION.nestedClass("ShuffleOrder"),
                training.shuffle().name()));
        items.add(CodeBlock.of("statistics()"));
        items.add(CodeBlock.of("metrics()"));
        items.add(Descriptions.optional(training.stop(), Descriptions::stop));
        items.add(Descriptions.optional(training.keep(), Descriptions::metric));
        items.add(CodeBlock.of("$LL", training.seed()));
        items.add(CodeBlock.of("$L", training.skipNonfinite()));
        return describe.returns(TRAINING_DESCRIPTION)
                .addStatement(
                        "return new $T(\n$>$>$L$<$<)",
                        TRAINING_DESCRIPTION,
                        items.stream().collect(CodeBlock.joining(",\n")))
                .build();
    }

    private void addLists(TypeSpec.Builder type) {
        ListMethods.add(
                type,
                "parameters",
                PARAMETER_DESCRIPTION,
                layout.parameters().stream()
                        .map(parameter -> Descriptions.parameter(parameter, layout.offset(parameter)))
                        .toList());
        ListMethods.add(type, "states", nested("StateDescription"), states());
        ListMethods.add(
                type,
                "running",
                RUNNING_DESCRIPTION,
                training.model().running().stream()
                        .map(state -> Descriptions.running(state, layout.offset(state)))
                        .toList());
        ListMethods.add(
                type,
                "hyperparameters",
                nested("HyperparameterDescription"),
                training.hyperparameters().stream()
                        .map(Descriptions::hyperparameter)
                        .toList());
        ListMethods.add(
                type,
                "schedules",
                SCHEDULE_DESCRIPTION,
                training.schedules().stream()
                        .map(schedule -> Descriptions.schedule(schedule, training.hyperparameters()))
                        .toList());
        ListMethods.add(type, "fields", FIELD_DESCRIPTION, fields(), parametersOfFields());
        ListMethods.add(
                type,
                "statistics",
                nested("StatisticDescription"),
                training.totals().statistics().stream()
                        .map(statistic -> CodeBlock.of(
                                "new $T($L, $T.$L)",
                                nested("StatisticDescription"),
                                statistic.count(),
                                nested("Merge"),
                                statistic.merge().name()))
                        .toList());
        ListMethods.add(
                type,
                "metrics",
                nested("MetricDescription"),
                training.metrics().stream()
                        .map(metric -> CodeBlock.of(
                                "new $T($S, $L)",
                                nested("MetricDescription"),
                                metric.name(),
                                Descriptions.sizes(
                                        training.totals().type(metric.name()).shape())))
                        .toList());
    }

    private List<String> parametersOfFields() {
        return capacity.rows().isPresent() ? List.of() : List.of("capacity");
    }

    private List<CodeBlock> states() {
        return training.update().states().stream()
                .map(state -> CodeBlock.of(
                        "new $T($S, $L, $L, $L)",
                        nested("StateDescription"),
                        state.path(),
                        layout.offset(state),
                        state.group().count(),
                        FloatText.literal(state.initial(), org.descentlang.compiler.type.ElementType.F32)
                                .code()))
                .toList();
    }

    private List<CodeBlock> fields() {
        return layout.fields().stream()
                .map(field -> CodeBlock.of(
                        "new $T($S, $L, $L, $L)",
                        FIELD_DESCRIPTION,
                        field.spec().name(),
                        field.isWhole(),
                        Positions.offset(field.offset()),
                        field.width()))
                .toList();
    }

    private static ClassName nested(String name) {
        return TRAINING_DESCRIPTION.nestedClass(name);
    }
}
