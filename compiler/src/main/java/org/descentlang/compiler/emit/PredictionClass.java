package org.descentlang.compiler.emit;

import static org.descentlang.compiler.emit.text.RuntimeNames.LANES;
import static org.descentlang.compiler.emit.text.RuntimeNames.MATRIX_PRODUCTS;
import static org.descentlang.compiler.emit.text.RuntimeNames.PREDICTION;
import static org.descentlang.compiler.emit.text.RuntimeNames.TEAM;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.ModelLayoutPlan.Placed;
import org.descentlang.compiler.emit.kernel.Frame;
import org.descentlang.compiler.emit.program.HostProgramClass;
import org.descentlang.compiler.emit.program.KernelClass;
import org.descentlang.compiler.emit.program.PlaceTable;
import org.descentlang.compiler.emit.program.ProgramMethods;
import org.descentlang.compiler.emit.text.DoubleText;
import org.descentlang.compiler.emit.text.ScalarSource;
import org.descentlang.compiler.emit.text.Text;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.model.ModelSpec;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Planner;
import org.descentlang.compiler.plan.Slab;
import org.descentlang.compiler.source.Span;

/** A model in inference mode: its memory and the order of its kernels, and the kernels. */
final class PredictionClass {
    /** Rows that are predicted together: enough for matrix products to be fast, few enough to stay in the caches. */
    static final int CAPACITY = 64;

    private static final List<Slab> SLABS = List.of(
            Slab.FLOAT_INPUTS, Slab.INT_INPUTS, Slab.PARAMETERS, Slab.RUNNING, Slab.OUTPUTS, Slab.WORK, Slab.INTEGERS);

    /** What the caller writes and reads. */
    private static final List<Slab> SEEN = List.of(Slab.FLOAT_INPUTS, Slab.INT_INPUTS, Slab.OUTPUTS);

    /** Several predictions of a model share these. */
    private static final List<Slab> SHARED = List.of(Slab.PARAMETERS, Slab.RUNNING);

    private final ClassName name;
    private final ClassName places;
    private final KernelClass kernels;
    private final ModelLayoutPlan layout;
    private final Plan plan;
    private final PlaceTable table;
    private final HostProgramClass program;

    PredictionClass(ModelSpec model, ModelLayoutPlan layout, ClassNames names, ClassName visible) {
        String owner = visible.simpleName();
        this.name = names.internal(owner + ".Prediction");
        this.places = names.internal(owner + ".Places");
        this.layout = layout;
        this.plan = plan(layout);
        this.table = new PlaceTable(List.of(plan));
        ClassName kernelName = names.internal(owner + ".Kernels");
        ClassName own = names.internal(owner + ".Predict");
        var methods = ProgramMethods.of(plan, Frame.of(own, plan.name()), table.of(plan), scalars(model));
        this.program = new HostProgramClass(own, name, kernelName, places, methods);
        this.kernels = new KernelClass(kernelName, name, places, List.of(methods));
    }

    ClassName name() {
        return name;
    }

    static Plan plan(ModelLayoutPlan layout) {
        return Planner.plan("predict", layout.program(), Capacity.of(CAPACITY), layout);
    }

    private static ScalarSource scalars(ModelSpec model) {
        return new ScalarSource() {
            @Override
            public Text read(Op.Read scalar) {
                return DoubleText.literal(
                        new ModelNumbers(model).value(scalar.name()).orElseThrow());
            }

            @Override
            public String seed() {
                return "0";
            }

            @Override
            public String draw() {
                return "0";
            }
        };
    }

    KernelClass kernels() {
        return kernels;
    }

    /** Whether its arrays are not too large; what is, is reported. */
    boolean fits(Span span, ArraySizes sizes) {
        return sizes.fit(span, SLABS, slab -> List.of(Offset.of(size(slab))));
    }

    List<TypeSpec> types() {
        CodeBlock doc = CodeBlock.of("The program of {@link $T}.", name);
        return List.of(
                type(),
                table.type(places, name),
                program.type(doc, name.simpleName() + ".KERNELS", "memory.capacity()", results()));
    }

    private TypeSpec type() {
        var type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.FINAL)
                .addSuperinterface(PREDICTION)
                .addJavadoc("The memory of a prediction; {@link $T} says where its values lie.\n", places);
        type.addField(kernels.constant());
        addParts(type);
        for (Slab slab : slabs()) {
            type.addField(
                    SHARED.contains(slab)
                            ? FieldSpec.builder(array(slab), slab.text(), Modifier.FINAL)
                                    .build()
                            : made(array(slab), slab.text(), CodeBlock.of("new $L[$L]", element(slab), size(slab))));
        }
        type.addField(program.name(), "program", Modifier.PRIVATE, Modifier.FINAL);
        type.addMethod(constructor());
        type.addMethod(overridden("capacity", TypeName.INT)
                .addStatement("return $L", CAPACITY)
                .build());
        for (Slab slab : SEEN) {
            type.addMethod(overridden(slab.text(), array(slab))
                    .addStatement("return $L", slab.text())
                    .build());
        }
        type.addMethod(predict());
        return type.build();
    }

    private void addParts(TypeSpec.Builder type) {
        ProgramMethods methods = program.methods();
        if (methods.usesTeam()) {
            type.addField(made(TEAM, "team", CodeBlock.of("$T.of(1)", TEAM)));
        }
        if (methods.usesProducts()) {
            type.addField(made(MATRIX_PRODUCTS, "products", CodeBlock.of("new $T(team)", MATRIX_PRODUCTS)));
        }
        if (methods.scratch().floats()) {
            type.addField(made(TypeName.get(float[][].class), "lanes", CodeBlock.of("$T.floats(1)", LANES)));
        }
        if (methods.scratch().doubles()) {
            type.addField(made(TypeName.get(double[][].class), "sums", CodeBlock.of("$T.doubles(1)", LANES)));
        }
    }

    /** What the caller sees, and arrays that the program uses. */
    private List<Slab> slabs() {
        return SLABS.stream()
                .filter(slab -> SEEN.contains(slab) || isUsed(slab))
                .toList();
    }

    private boolean isUsed(Slab slab) {
        return plan.places().values().stream().anyMatch(place -> place.slab() == slab);
    }

    private static TypeName array(Slab slab) {
        return TypeName.get(slab.isFloats() ? float[].class : int[].class);
    }

    private static String element(Slab slab) {
        return slab.isFloats() ? "float" : "int";
    }

    /** Outputs that are single numbers. */
    private List<CodeBlock> results() {
        return layout.outputPlaces().stream()
                .filter(Placed::isSingle)
                .map(output -> CodeBlock.builder()
                        .addStatement(
                                "memory.outputs[$L] = (float) $L",
                                output.offset(),
                                program.methods().result(output.value()))
                        .build())
                .toList();
    }

    private MethodSpec constructor() {
        var constructor = MethodSpec.constructorBuilder();
        for (Slab slab : SHARED) {
            constructor.addParameter(float[].class, slab.text());
            if (slabs().contains(slab)) {
                constructor.addStatement("this.$1L = $1L", slab.text());
            }
        }
        return constructor
                .addStatement("program = new $T(this)", program.name())
                .build();
    }

    private long size(Slab slab) {
        return switch (slab) {
            case FLOAT_INPUTS -> layout.floatInputs();
            case INT_INPUTS -> layout.intInputs();
            case PARAMETERS -> layout.parameterCount();
            case RUNNING -> layout.runningCount();
            case OUTPUTS -> layout.outputs();
            case WORK -> plan.work().fixedPart();
            case INTEGERS -> plan.integers().fixedPart();
            case AHEAD, GRADIENTS, STATES, STATISTICS, COLUMNS, FIELD ->
                throw new IllegalArgumentException(slab.text());
        };
    }

    private MethodSpec predict() {
        var method = overridden("predict", TypeName.VOID)
                .addParameter(int.class, "rows")
                .beginControlFlow("if (rows > $L)", CAPACITY)
                .addStatement(
                        "throw new $T($S + rows)",
                        IllegalArgumentException.class,
                        "at most " + CAPACITY + " rows at once, not ")
                .endControlFlow()
                .addStatement("program.run(rows)");
        return method.build();
    }

    private static FieldSpec made(TypeName type, String name, CodeBlock value) {
        return FieldSpec.builder(type, name, Modifier.FINAL).initializer(value).build();
    }

    private static MethodSpec.Builder overridden(String name, TypeName returned) {
        return MethodSpec.methodBuilder(name)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(returned);
    }
}
