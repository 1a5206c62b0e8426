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
import org.descentlang.compiler.emit.program.KernelClass;
import org.descentlang.compiler.emit.program.ProgramMethods;
import org.descentlang.compiler.emit.text.DoubleText;
import org.descentlang.compiler.emit.text.ScalarSource;
import org.descentlang.compiler.emit.text.Text;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.model.ModelSpec;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.plan.Kernel;
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

    /** Several predictions of a model share these. */
    private static final List<Slab> SHARED = List.of(Slab.PARAMETERS, Slab.RUNNING);

    private final ClassName name;
    private final KernelClass kernels;
    private final ModelLayoutPlan layout;
    private final Plan plan;
    private final ProgramMethods methods;

    PredictionClass(ModelSpec model, ModelLayoutPlan layout, ClassName name, ClassName kernels) {
        this.name = name;
        this.layout = layout;
        this.plan = plan(layout);
        this.methods = ProgramMethods.of(plan, "KERNELS.", scalars(model));
        this.kernels = new KernelClass(kernels, name, List.of(methods));
    }

    static Plan plan(ModelLayoutPlan layout) {
        return Planner.plan("predict", layout.program(), Capacity.of(CAPACITY), layout);
    }

    private static ScalarSource scalars(ModelSpec model) {
        return new ScalarSource() {
            @Override
            public Text read(Op.Read scalar) {
                double value = model.hyperparameters().stream()
                        .filter(number -> number.path().equals(scalar.name()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no hyperparameter " + scalar.name()))
                        .value();
                return DoubleText.literal(value);
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

    void check(Span span, ArraySizes sizes) {
        SLABS.forEach(slab -> sizes.check(span, slab, List.of(Offset.of(size(slab)))));
    }

    TypeSpec type() {
        var type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.FINAL)
                .addSuperinterface(PREDICTION)
                .addJavadoc("The memory of a prediction, and the order of its kernels.\n");
        type.addField(kernels.constant());
        type.addField(made(TEAM, "team", CodeBlock.of("$T.of(1)", TEAM)));
        type.addField(made(MATRIX_PRODUCTS, "products", CodeBlock.of("new $T(team)", MATRIX_PRODUCTS)));
        type.addField(made(TypeName.INT, "threads", CodeBlock.of("1")));
        type.addField(made(TypeName.get(float[][].class), "lanes", CodeBlock.of("$T.floats(threads)", LANES)));
        type.addField(made(TypeName.get(double[][].class), "sums", CodeBlock.of("$T.doubles(threads)", LANES)));
        type.addField(
                made(TypeName.get(double[].class), "partials", CodeBlock.of("new double[$L]", Kernel.Fold.MOST_PARTS)));
        for (Slab slab : SLABS) {
            TypeName array = TypeName.get(slab.isFloats() ? float[].class : int[].class);
            String element = slab.isFloats() ? "float" : "int";
            type.addField(
                    SHARED.contains(slab)
                            ? FieldSpec.builder(array, slab.text(), Modifier.PRIVATE, Modifier.FINAL)
                                    .build()
                            : made(array, slab.text(), CodeBlock.of("new $L[$L]", element, size(slab))));
        }
        type.addField(TypeName.INT, "rows", Modifier.PRIVATE);
        type.addMethod(constructor());
        type.addMethod(overridden("capacity", TypeName.INT)
                .addStatement("return $L", CAPACITY)
                .build());
        for (Slab slab : List.of(Slab.FLOAT_INPUTS, Slab.INT_INPUTS, Slab.OUTPUTS)) {
            TypeName array = TypeName.get(slab.isFloats() ? float[].class : int[].class);
            type.addMethod(overridden(slab.text(), array)
                    .addStatement("return $L", slab.text())
                    .build());
        }
        type.addMethod(predict());
        methods.addTo(type, "runPredict");
        return type.build();
    }

    private static MethodSpec constructor() {
        var constructor = MethodSpec.constructorBuilder();
        for (Slab slab : SHARED) {
            constructor.addParameter(float[].class, slab.text()).addStatement("this.$1L = $1L", slab.text());
        }
        return constructor.build();
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
                .addStatement("this.rows = rows")
                .addStatement("runPredict()");
        for (Placed output : layout.outputPlaces()) {
            if (output.isSingle()) {
                method.addStatement("outputs[$L] = (float) $L", output.offset(), methods.result(output.value()));
            }
        }
        return method.build();
    }

    private static FieldSpec made(TypeName type, String name, CodeBlock value) {
        return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.FINAL)
                .initializer(value)
                .build();
    }

    private static MethodSpec.Builder overridden(String name, TypeName returned) {
        return MethodSpec.methodBuilder(name)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(returned);
    }
}
