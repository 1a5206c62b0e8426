package org.descentlang.compiler.emit;

import static org.descentlang.compiler.emit.text.RuntimeNames.LANES;
import static org.descentlang.compiler.emit.text.RuntimeNames.MATRIX_PRODUCTS;
import static org.descentlang.compiler.emit.text.RuntimeNames.STEP_SCALARS;
import static org.descentlang.compiler.emit.text.RuntimeNames.TEAM;
import static org.descentlang.compiler.emit.text.RuntimeNames.TRAINING_DESCRIPTION;
import static org.descentlang.compiler.emit.text.RuntimeNames.TRAINING_STATE;
import static org.descentlang.compiler.emit.text.RuntimeNames.TRAINING_STEP;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.program.KernelClass;
import org.descentlang.compiler.emit.program.ProgramMethods;
import org.descentlang.compiler.emit.text.Comments;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.model.Totals;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Slab;

/** The step of a `train` and its kernels. */
final class StepClass {
    private final TrainingSpec training;
    private final TrainingLayout layout;
    private final Capacity capacity;
    private final ClassName name;
    private final ClassName program;
    private final TrainingPlans plans;
    private final ProgramMethods gradient;
    private final ProgramMethods update;
    private final ProgramMethods evaluation;
    private final Optional<ProgramMethods> lookAhead;
    private final Optional<ProgramMethods> gradientNorm;
    private final KernelClass kernels;

    /** @param program the class that describes the training */
    StepClass(
            TrainingSpec training,
            Capacity capacity,
            TrainingLayout layout,
            ClassName name,
            ClassName kernels,
            ClassName program) {
        this.training = training;
        this.capacity = capacity;
        this.layout = layout;
        this.name = name;
        this.program = program;
        this.plans = TrainingPlans.of(training, capacity, layout);
        var source = new TrainingScalars(training.hyperparameters());
        Function<Plan, ProgramMethods> methods = plan -> ProgramMethods.of(plan, "kernels.", source);
        this.gradient = methods.apply(plans.gradient());
        this.update = methods.apply(plans.update());
        this.evaluation = methods.apply(plans.evaluation());
        this.lookAhead = plans.lookAhead().map(methods);
        this.gradientNorm = plans.gradientNorm().map(methods);
        this.kernels = new KernelClass(kernels, name, all());
    }

    KernelClass kernels() {
        return kernels;
    }

    TypeSpec step() {
        var type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.FINAL)
                .addSuperinterface(TRAINING_STEP)
                .addJavadoc(
                        "One step of {@code $L}: its memory, and the order of its kernels.\n",
                        Comments.escaped(training.name()));
        addFields(type);
        type.addMethod(constructor());
        addAccessors(type);
        addState(type);
        addSteps(type);
        new ScheduleMethods(training.schedules()).addTo(type);
        gradient.addTo(type, "runGradient");
        gradient.addCheckTo(type, "checkGradient");
        lookAhead.ifPresent(methods -> methods.addTo(type, "runLookAhead"));
        update.addTo(type, "runUpdate");
        gradientNorm.ifPresent(methods -> methods.addTo(type, "runGradientNorm"));
        evaluation.addTo(type, "runEvaluation");
        return type.build();
    }

    private List<ProgramMethods> all() {
        var all = new ArrayList<>(List.of(gradient, update, evaluation));
        lookAhead.ifPresent(all::add);
        gradientNorm.ifPresent(all::add);
        return all;
    }

    private void addFields(TypeSpec.Builder type) {
        type.addField(TRAINING_DESCRIPTION, "description", Modifier.PRIVATE, Modifier.FINAL);
        type.addField(TEAM, "team", Modifier.PRIVATE, Modifier.FINAL);
        type.addField(MATRIX_PRODUCTS, "products", Modifier.PRIVATE, Modifier.FINAL);
        type.addField(kernels.field());
        type.addField(int.class, "threads", Modifier.PRIVATE, Modifier.FINAL);
        type.addField(int.class, "capacity", Modifier.PRIVATE, Modifier.FINAL);
        slabs().forEach(slab -> type.addField(array(slab), slab.text(), Modifier.PRIVATE, Modifier.FINAL));
        type.addField(FieldSpec.builder(double[].class, "partials", Modifier.PRIVATE, Modifier.FINAL)
                .initializer("new double[$L]", Kernel.Fold.MOST_PARTS)
                .build());
        type.addField(float[][].class, "lanes", Modifier.PRIVATE, Modifier.FINAL);
        type.addField(double[][].class, "sums", Modifier.PRIVATE, Modifier.FINAL);
        type.addField(FieldSpec.builder(float[].class, "before", Modifier.PRIVATE)
                .initializer("new float[0]")
                .build());
        type.addField(FieldSpec.builder(STEP_SCALARS, "scalars", Modifier.PRIVATE)
                .initializer("new $T(new double[0])", STEP_SCALARS)
                .build());
        type.addField(int.class, "rows", Modifier.PRIVATE);
    }

    private static TypeName array(Slab slab) {
        return TypeName.get(slab.isFloats() ? float[].class : int[].class);
    }

    private List<Slab> slabs() {
        var slabs = new ArrayList<>(List.of(
                Slab.FLOAT_INPUTS, Slab.INT_INPUTS, Slab.PARAMETERS, Slab.GRADIENTS, Slab.STATES, Slab.RUNNING));
        if (lookAhead.isPresent()) {
            slabs.add(Slab.AHEAD);
        }
        if (training.totals().hasTensors()) {
            slabs.add(Slab.STATISTICS);
        }
        slabs.addAll(List.of(Slab.WORK, Slab.INTEGERS));
        return slabs;
    }

    private MethodSpec constructor() {
        var constructor = MethodSpec.constructorBuilder()
                .addParameter(int.class, "capacity")
                .addParameter(TEAM, "team");
        capacity.rows()
                .ifPresent(rows -> constructor
                        .beginControlFlow("if (capacity > $L)", rows)
                        .addStatement(
                                "throw new $T($S + capacity)",
                                IllegalArgumentException.class,
                                "at most " + rows + " rows, not ")
                        .endControlFlow());
        constructor
                .addStatement("this.capacity = capacity")
                .addStatement(
                        "this.description = $T.describe($L)",
                        program,
                        capacity.rows().isPresent() ? "" : "capacity")
                .addStatement("this.team = team")
                .addStatement("this.products = new $T(team)", MATRIX_PRODUCTS)
                .addStatement("this.threads = team.threads()")
                .addStatement("this.lanes = $T.floats(threads)", LANES)
                .addStatement("this.sums = $T.doubles(threads)", LANES);
        for (Slab slab : slabs()) {
            String element = slab.isFloats() ? "float" : "int";
            constructor.addStatement("this.$L = new $L[$L]", slab.text(), element, ArraySizes.text(slab, sizes(slab)));
        }
        return constructor.build();
    }

    void check(ArraySizes sizes) {
        slabs().forEach(slab -> sizes.check(training.span(), slab, sizes(slab)));
    }

    private List<Offset> sizes(Slab slab) {
        return switch (slab) {
            case WORK -> plans.all().stream().map(Plan::work).toList();
            case INTEGERS -> plans.all().stream().map(Plan::integers).toList();
            case FLOAT_INPUTS -> List.of(layout.floatInputs());
            case INT_INPUTS -> List.of(layout.intInputs());
            case PARAMETERS, AHEAD, GRADIENTS -> List.of(Offset.of(layout.parameterCount()));
            case STATES -> List.of(Offset.of(layout.stateCount()));
            case RUNNING -> List.of(Offset.of(layout.runningCount()));
            case STATISTICS -> List.of(Offset.of(training.totals().count()));
            case OUTPUTS, COLUMNS, FIELD -> throw new IllegalArgumentException(slab.text());
        };
    }

    private void addAccessors(TypeSpec.Builder type) {
        type.addMethod(overridden("description", TRAINING_DESCRIPTION)
                .addStatement("return description")
                .build());
        type.addMethod(overridden("floatInputs", TypeName.get(float[].class))
                .addStatement("return floatInputs")
                .build());
        type.addMethod(overridden("intInputs", TypeName.get(int[].class))
                .addStatement("return intInputs")
                .build());
        type.addMethod(overridden("close", TypeName.VOID).build());
    }

    private static MethodSpec.Builder overridden(String name, TypeName returned) {
        return MethodSpec.methodBuilder(name)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(returned);
    }

    private void addState(TypeSpec.Builder type) {
        var load = overridden("load", TypeName.VOID).addParameter(TRAINING_STATE, "state");
        var save = overridden("save", TypeName.VOID).addParameter(TRAINING_STATE, "state");
        for (String slab : List.of("parameters", "states", "running")) {
            load.addStatement("$1T.arraycopy(state.$2L(), 0, $2L, 0, $2L.length)", System.class, slab);
            save.addStatement("$1T.arraycopy($2L, 0, state.$2L(), 0, $2L.length)", System.class, slab);
        }
        if (lookAhead.isPresent()) {
            load.addStatement("$T.arraycopy(parameters, 0, ahead, 0, parameters.length)", System.class);
        }
        type.addMethod(load.build()).addMethod(save.build());
    }

    private void addSteps(TypeSpec.Builder type) {
        type.addMethod(begin());
        type.addMethod(gradientMethod());
        type.addMethod(addBefore());
        type.addMethod(updateMethod());
        type.addMethod(overridden("gradientNorm", TypeName.DOUBLE)
                .addCode(gradientNorm
                        .map(methods -> CodeBlock.of(
                                "runGradientNorm();\nreturn $L;\n",
                                methods.result(result(
                                        plans.gradientNorm().orElseThrow().program(), "norm"))))
                        .orElse(CodeBlock.of("return 0;\n")))
                .build());
        type.addMethod(evaluateMethod());
        type.addMethod(overridden("firstNonfinite", TypeName.get(String.class))
                .addParameter(int.class, "rows")
                .addParameter(STEP_SCALARS, "scalars")
                .addStatement("begin(rows, scalars)")
                .addCode(lookAhead.isPresent() ? "runLookAhead();\n" : "")
                .addStatement("return checkGradient()")
                .build());
    }

    private static MethodSpec begin() {
        return MethodSpec.methodBuilder("begin")
                .addModifiers(Modifier.PRIVATE)
                .addParameter(int.class, "rows")
                .addParameter(STEP_SCALARS, "scalars")
                .beginControlFlow("if (rows > capacity)")
                .addStatement(
                        "throw new $T($S + capacity + $S + rows)",
                        IllegalArgumentException.class,
                        "at most ",
                        " rows, not ")
                .endControlFlow()
                .addStatement("this.rows = rows")
                .addStatement("this.scalars = scalars")
                .build();
    }

    private MethodSpec gradientMethod() {
        return overridden("gradient", TypeName.DOUBLE)
                .addParameter(int.class, "rows")
                .addParameter(boolean.class, "accumulate")
                .addParameter(STEP_SCALARS, "scalars")
                .addStatement("begin(rows, scalars)")
                .beginControlFlow("if (accumulate)")
                .addStatement("before = before.length == 0 ? new float[gradients.length] : before")
                .addStatement("$T.arraycopy(gradients, 0, before, 0, before.length)", System.class)
                .endControlFlow()
                .addCode(lookAhead.isPresent() ? "runLookAhead();\n" : "")
                .addStatement("runGradient()")
                .beginControlFlow("if (accumulate)")
                .addStatement("addBefore()")
                .endControlFlow()
                .addStatement("return $L", gradient.result(result(training.gradient(), "loss")))
                .build();
    }

    private static MethodSpec addBefore() {
        return MethodSpec.methodBuilder("addBefore")
                .addModifiers(Modifier.PRIVATE)
                .addStatement("float weight = (float) scalars.weight")
                .beginControlFlow("for (int i = 0; i < before.length; i++)")
                .addStatement("gradients[i] = before[i] + weight * gradients[i]")
                .endControlFlow()
                .build();
    }

    private MethodSpec updateMethod() {
        return overridden("update", TypeName.VOID)
                .addParameter(double.class, "scale")
                .addParameter(STEP_SCALARS, "scalars")
                .addStatement("begin(1, scalars)")
                .beginControlFlow("if (scale != 1)")
                .addStatement("float factor = (float) scale")
                .beginControlFlow("for (int i = 0; i < gradients.length; i++)")
                .addStatement("gradients[i] *= factor")
                .endControlFlow()
                .endControlFlow()
                .addStatement("runUpdate()")
                .build();
    }

    private MethodSpec evaluateMethod() {
        var method = overridden("evaluate", TypeName.VOID)
                .addParameter(int.class, "rows")
                .addParameter(STEP_SCALARS, "scalars")
                .addParameter(double[].class, "results")
                .addStatement("begin(rows, scalars)")
                .addStatement("runEvaluation()");
        method.addStatement("results[0] = $L", evaluation.result(result(training.evaluation(), "loss")));
        for (Totals.Statistic statistic : training.totals().statistics()) {
            long place = training.totals().offset(statistic.name());
            if (statistic.shape().isScalar()) {
                CodeBlock value = evaluation.result(result(training.evaluation(), statistic.name()));
                method.addStatement("results[$L] = $L", 1 + place, value);
            } else {
                method.beginControlFlow("for (int i = $L; i < $L; i++)", place, place + statistic.count())
                        .addStatement("results[1 + i] = statistics[i]")
                        .endControlFlow();
            }
        }
        return method.build();
    }

    private static int result(Program program, String name) {
        return program.outputs().stream()
                .filter(output ->
                        output.sink() == Output.Sink.RESULT && output.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(program.name() + " has no result " + name))
                .value();
    }
}
