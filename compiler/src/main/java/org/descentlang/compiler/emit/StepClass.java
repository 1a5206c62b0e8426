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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.kernel.Frame;
import org.descentlang.compiler.emit.kernel.Scratch;
import org.descentlang.compiler.emit.program.HostProgramClass;
import org.descentlang.compiler.emit.program.KernelClass;
import org.descentlang.compiler.emit.program.PlaceTable;
import org.descentlang.compiler.emit.program.ProgramMethods;
import org.descentlang.compiler.emit.text.Comments;
import org.descentlang.compiler.emit.text.Names;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.model.Totals;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Slab;
import org.descentlang.description.ProgramRole;

/**
 * The step of a `train`: a class for its memory, one for the names of places, one for each of its programs, and their
 * kernels.
 */
final class StepClass {
    private static final TypeName ROLES = ParameterizedTypeName.get(ClassName.get(Set.class), PROGRAM_ROLE);

    private final TrainingSpec training;
    private final TrainingLayout layout;
    private final Capacity capacity;
    private final ClassName name;
    private final ClassName places;
    private final ClassName program;
    private final TrainingPlans plans;
    private final PlaceTable table;
    private final Map<ProgramRole, HostProgramClass> programs = new EnumMap<>(ProgramRole.class);
    private final KernelClass kernels;

    /** @param program the class that describes the training */
    StepClass(
            TrainingSpec training,
            Capacity capacity,
            TrainingLayout layout,
            ClassNames names,
            ClassName visible,
            ClassName program) {
        this.training = training;
        this.capacity = capacity;
        this.layout = layout;
        String owner = visible.simpleName();
        this.name = names.internal(owner + ".Step");
        this.places = names.internal(owner + ".Places");
        this.program = program;
        this.plans = TrainingPlans.of(training, capacity, layout);
        this.table = new PlaceTable(plans.all());
        ClassName kernelName = names.internal(owner + ".Kernels");
        plans.byRole().forEach((role, plan) -> {
            ClassName own = names.internal(owner + "." + Names.type(role.text()));
            programs.put(role, new HostProgramClass(own, name, kernelName, places, methods(role, plan, own)));
        });
        this.kernels = new KernelClass(kernelName, name, places, methods());
    }

    private ProgramMethods methods(ProgramRole role, Plan plan, ClassName programName) {
        return ProgramMethods.of(
                plan,
                Frame.of(programName, role.text()),
                table.of(plan),
                new TrainingScalars(training.hyperparameters(), "memory."),
                Optional.of("memory.search").filter(_ -> role == ProgramRole.GRADIENT));
    }

    private List<ProgramMethods> methods() {
        return programs.values().stream().map(HostProgramClass::methods).toList();
    }

    ClassName name() {
        return name;
    }

    KernelClass kernels() {
        return kernels;
    }

    List<TypeSpec> types() {
        var types = new ArrayList<TypeSpec>();
        types.add(step());
        types.add(table.type(places, name));
        programs.forEach((role, type) ->
                types.add(type.type(doc(role), "memory.kernels", "memory.capacity", results(role, type.methods()))));
        return types;
    }

    private CodeBlock doc(ProgramRole role) {
        return CodeBlock.of("Program {@code $L} of {@link $T}.", role, name);
    }

    private TypeSpec step() {
        var type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.FINAL)
                .superclass(HOST_STEP)
                .addJavadoc(
                        "One step of {@code $L}: its memory, described by {@link $T},\nand the programs that work on it.\n",
                        Comments.escaped(training.name()),
                        places);
        addFields(type);
        type.addMethod(constructor());
        addAccessors(type);
        addState(type);
        addPrograms(type);
        new ScheduleMethods(training.schedules()).addTo(type);
        return type.build();
    }

    private void addFields(TypeSpec.Builder type) {
        type.addField(kernels.field());
        for (Slab slab : slabs()) {
            String element = slab.isFloats() ? "float" : "int";
            type.addField(FieldSpec.builder(array(slab), slab.text(), Modifier.FINAL)
                    .initializer("new $L[$L]", element, ArraySizes.text(slab, sizes(slab)))
                    .build());
        }
        parts().forEach((field, made) -> type.addField(made.type(), field, Modifier.FINAL));
        programs.forEach((role, made) -> type.addField(made.name(), role.text(), Modifier.PRIVATE, Modifier.FINAL));
    }

    private record Part(TypeName type, CodeBlock value) {}

    /** What programs and kernels use of the team. */
    private Map<String, Part> parts() {
        var parts = new LinkedHashMap<String, Part>();
        if (methods().stream().anyMatch(ProgramMethods::usesTeam)) {
            parts.put("team", new Part(TEAM, CodeBlock.of("team")));
        }
        if (methods().stream().anyMatch(ProgramMethods::usesProducts)) {
            parts.put("products", new Part(MATRIX_PRODUCTS, CodeBlock.of("new $T(team)", MATRIX_PRODUCTS)));
        }
        Scratch scratch = methods().stream().map(ProgramMethods::scratch).reduce(Scratch.NONE, Scratch::and);
        if (scratch.floats()) {
            parts.put(
                    "lanes", new Part(TypeName.get(float[][].class), CodeBlock.of("$T.floats(team.threads())", LANES)));
        }
        if (scratch.doubles()) {
            parts.put(
                    "sums",
                    new Part(TypeName.get(double[][].class), CodeBlock.of("$T.doubles(team.threads())", LANES)));
        }
        return parts;
    }

    private static TypeName array(Slab slab) {
        return TypeName.get(slab.isFloats() ? float[].class : int[].class);
    }

    /** Arrays that there is anything in. */
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
        slabs.removeIf(slab -> sizes(slab).stream().allMatch(Offset.ZERO::equals));
        return slabs;
    }

    private MethodSpec constructor() {
        var constructor = MethodSpec.constructorBuilder()
                .addParameter(int.class, "capacity")
                .addParameter(TEAM, "team")
                .addStatement(
                        "super($T.DESCRIPTION, $L)",
                        program,
                        capacity.rows().isPresent() ? capacity.rows().getAsInt() : "capacity");
        capacity.rows()
                .ifPresent(rows -> constructor
                        .beginControlFlow("if (capacity > $L)", rows)
                        .addStatement(
                                "throw new $T($S + capacity)",
                                IllegalArgumentException.class,
                                "at most " + rows + " rows, not ")
                        .endControlFlow());
        parts().forEach((field, part) -> constructor.addStatement("this.$L = $L", field, part.value()));
        programs.forEach((role, made) -> constructor.addStatement("$L = new $T(this)", role.text(), made.name()));
        return constructor.build();
    }

    /** Whether its arrays are not too large; what is, is reported. */
    boolean fits(ArraySizes sizes) {
        return sizes.fit(training.span(), slabs(), this::sizes);
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
        slabs().stream()
                .filter(slab -> slab == Slab.FLOAT_INPUTS || slab == Slab.INT_INPUTS)
                .forEach(slab -> type.addMethod(overridden(slab.text(), array(slab), Modifier.PUBLIC)
                        .addStatement("return $L", slab.text())
                        .build()));
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
        var kept = List.of(Slab.PARAMETERS, Slab.GRADIENTS, Slab.STATES, Slab.RUNNING);
        for (Slab slab : kept) {
            array.addStatement("case $L -> $L", slab, slabs().contains(slab) ? slab.text() : "super.array(array)");
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
        programs.keySet().forEach(role -> run.addStatement("case $L -> $L.run(rows)", role, role.text()));
        type.addMethod(run.addStatement("default -> throw missing(role)")
                .endControlFlow()
                .build());
    }

    private List<CodeBlock> roles() {
        return programs.keySet().stream()
                .map(role -> CodeBlock.of("$T.$L", PROGRAM_ROLE, role))
                .toList();
    }

    /** What a program leaves in `results`. */
    private List<CodeBlock> results(ProgramRole role, ProgramMethods methods) {
        var statements = new ArrayList<CodeBlock>();
        long place = 0;
        for (ProgramResult result : ProgramResult.of(plans.of(role), training.totals())) {
            if (result.tensor().isEmpty()) {
                statements.add(CodeBlock.of("memory.results[$L] = $L;\n", place, methods.result(result.value())));
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
                .addStatement("memory.results[$L + i] = memory.statistics[$L + i]", place, from)
                .endControlFlow()
                .build();
    }
}
