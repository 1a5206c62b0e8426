package org.descentlang.compiler.emit;

import static org.descentlang.compiler.emit.text.RuntimeNames.HOST_STEP;
import static org.descentlang.compiler.emit.text.RuntimeNames.LANES;
import static org.descentlang.compiler.emit.text.RuntimeNames.MATRIX_PRODUCTS;
import static org.descentlang.compiler.emit.text.RuntimeNames.PROGRAM_ROLE;
import static org.descentlang.compiler.emit.text.RuntimeNames.STEP_ARRAY;
import static org.descentlang.compiler.emit.text.RuntimeNames.TEAM;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.program.KernelClass;
import org.descentlang.compiler.emit.program.ProgramMethods;
import org.descentlang.compiler.emit.text.Comments;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.model.Totals;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Slab;
import org.descentlang.description.ProgramRole;

/** The step of a `train` and its kernels. */
final class StepClass {
    private static final TypeName ROLES = ParameterizedTypeName.get(ClassName.get(Set.class), PROGRAM_ROLE);

    private final TrainingSpec training;
    private final TrainingLayout layout;
    private final Capacity capacity;
    private final ClassName name;
    private final ClassName program;
    private final TrainingPlans plans;
    private final Map<ProgramRole, ProgramMethods> programs = new EnumMap<>(ProgramRole.class);
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
        plans.byRole().forEach((role, plan) -> programs.put(role, ProgramMethods.of(plan, "kernels.", source)));
        this.kernels = new KernelClass(kernels, name, List.copyOf(programs.values()));
    }

    KernelClass kernels() {
        return kernels;
    }

    TypeSpec step() {
        var type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.FINAL)
                .superclass(HOST_STEP)
                .addJavadoc(
                        "One step of {@code $L}: its memory, and the order of its kernels.\n",
                        Comments.escaped(training.name()));
        addFields(type);
        type.addMethod(constructor());
        addAccessors(type);
        addState(type);
        addPrograms(type);
        new ScheduleMethods(training.schedules()).addTo(type);
        programs.forEach((role, methods) -> {
            methods.addTo(type, runMethod(role), results(role, methods));
            if (role == ProgramRole.GRADIENT) {
                methods.addCheckTo(type, "checkGradient");
            }
        });
        return type.build();
    }

    private void addFields(TypeSpec.Builder type) {
        type.addField(TEAM, "team", Modifier.PRIVATE, Modifier.FINAL);
        type.addField(MATRIX_PRODUCTS, "products", Modifier.PRIVATE, Modifier.FINAL);
        type.addField(kernels.field());
        type.addField(int.class, "threads", Modifier.PRIVATE, Modifier.FINAL);
        slabs().forEach(slab -> type.addField(array(slab), slab.text(), Modifier.PRIVATE, Modifier.FINAL));
        type.addField(FieldSpec.builder(double[].class, "partials", Modifier.PRIVATE, Modifier.FINAL)
                .initializer("new double[$L]", Kernel.Fold.MOST_PARTS)
                .build());
        type.addField(float[][].class, "lanes", Modifier.PRIVATE, Modifier.FINAL);
        type.addField(double[][].class, "sums", Modifier.PRIVATE, Modifier.FINAL);
    }

    private static TypeName array(Slab slab) {
        return TypeName.get(slab.isFloats() ? float[].class : int[].class);
    }

    private List<Slab> slabs() {
        var slabs = new ArrayList<>(List.of(
                Slab.FLOAT_INPUTS, Slab.INT_INPUTS, Slab.PARAMETERS, Slab.GRADIENTS, Slab.STATES, Slab.RUNNING));
        if (layout.isAhead()) {
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
                .addParameter(TEAM, "team")
                .addStatement(
                        "super($T.describe($L), capacity)",
                        program,
                        capacity.rows().isPresent() ? "" : "capacity");
        capacity.rows()
                .ifPresent(rows -> constructor
                        .beginControlFlow("if (capacity > $L)", rows)
                        .addStatement(
                                "throw new $T($S + capacity)",
                                IllegalArgumentException.class,
                                "at most " + rows + " rows, not ")
                        .endControlFlow());
        constructor
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
        type.addMethod(overridden("floatInputs", TypeName.get(float[].class), Modifier.PUBLIC)
                .addStatement("return floatInputs")
                .build());
        type.addMethod(overridden("intInputs", TypeName.get(int[].class), Modifier.PUBLIC)
                .addStatement("return intInputs")
                .build());
    }

    private static MethodSpec.Builder overridden(String name, TypeName returned, Modifier visible) {
        return MethodSpec.methodBuilder(name)
                .addAnnotation(Override.class)
                .addModifiers(visible)
                .returns(returned);
    }

    private void addState(TypeSpec.Builder type) {
        var array = overridden("array", TypeName.get(float[].class), Modifier.PROTECTED)
                .addParameter(STEP_ARRAY, "array")
                .beginControlFlow("return switch (array)");
        for (Slab slab : List.of(Slab.PARAMETERS, Slab.GRADIENTS, Slab.STATES, Slab.RUNNING)) {
            array.addStatement("case $L -> $L", slab, slab.text());
        }
        type.addMethod(array.addCode("$<};\n").build());
        if (layout.isAhead()) {
            type.addMethod(overridden("write", TypeName.VOID, Modifier.PUBLIC)
                    .addParameter(STEP_ARRAY, "array")
                    .addParameter(float[].class, "source")
                    .addStatement("super.write(array, source)")
                    .addStatement("$T.arraycopy(parameters, 0, ahead, 0, parameters.length)", System.class)
                    .build());
        }
    }

    /** A switch over the roles that there are. */
    private void addPrograms(TypeSpec.Builder type) {
        type.addMethod(overridden("roles", ROLES, Modifier.PUBLIC)
                .addStatement("return $T.of($L)", EnumSet.class, Positions.list(roles()))
                .build());
        var run = overridden("run", TypeName.VOID, Modifier.PROTECTED)
                .addParameter(PROGRAM_ROLE, "role")
                .beginControlFlow("switch (role)");
        programs.keySet().forEach(role -> run.addStatement("case $L -> $L()", role, runMethod(role)));
        type.addMethod(run.addStatement("default -> throw missing(role)")
                .endControlFlow()
                .build());
        type.addMethod(overridden("firstNonfinite", TypeName.get(String.class), Modifier.PROTECTED)
                .addStatement("return checkGradient()")
                .build());
    }

    private List<CodeBlock> roles() {
        return programs.keySet().stream()
                .map(role -> CodeBlock.of("$T.$L", PROGRAM_ROLE, role))
                .toList();
    }

    private static String runMethod(ProgramRole role) {
        return "run" + Character.toUpperCase(role.text().charAt(0))
                + role.text().substring(1);
    }

    /** What a program leaves in `results`. */
    private List<CodeBlock> results(ProgramRole role, ProgramMethods methods) {
        var statements = new ArrayList<CodeBlock>();
        long place = 0;
        for (ProgramResult result : ProgramResult.of(plans.of(role), training.totals())) {
            if (result.tensor().isEmpty()) {
                statements.add(CodeBlock.of("results[$L] = $L;\n", place, methods.result(result.value())));
                place++;
            } else {
                Totals.Statistic statistic = result.tensor().get();
                statements.add(copied(training.totals().offset(statistic.name()), statistic.count(), place));
                place += statistic.count();
            }
        }
        return statements;
    }

    private static CodeBlock copied(long from, long count, long place) {
        return CodeBlock.builder()
                .beginControlFlow("for (int i = 0; i < $L; i++)", count)
                .addStatement("results[$L + i] = statistics[$L + i]", place, from)
                .endControlFlow()
                .build();
    }
}
