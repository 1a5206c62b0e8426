package org.descentlang.compiler.emit;

import static org.descentlang.compiler.emit.text.RuntimeNames.LANES;
import static org.descentlang.compiler.emit.text.RuntimeNames.MATRIX_PRODUCTS;
import static org.descentlang.compiler.emit.text.RuntimeNames.METRIC_FORMULA;
import static org.descentlang.compiler.emit.text.RuntimeNames.STEP_SCALARS;
import static org.descentlang.compiler.emit.text.RuntimeNames.TEAM;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.kernel.Frame;
import org.descentlang.compiler.emit.kernel.Places;
import org.descentlang.compiler.emit.program.ProgramMethods;
import org.descentlang.compiler.emit.text.Comments;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.emit.text.ScalarSource;
import org.descentlang.compiler.emit.text.Text;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.model.Totals;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Layout;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Planner;
import org.descentlang.compiler.plan.Prepared;
import org.descentlang.compiler.plan.Slab;

/**
 * The metrics of a `train` from the totals of a split: single numbers in double precision, tensors in kernels. It runs
 * on the CPU, once a split, whatever the device.
 */
final class FormulaClass {
    private final TrainingSpec training;
    private final Totals totals;
    private final ClassName name;
    private final Plan plan;
    private final ProgramMethods methods;

    FormulaClass(TrainingSpec training, ClassName name) {
        this.training = training;
        this.totals = training.totals();
        this.name = name;
        this.plan = Planner.plan("formula", Prepared.of(totals.formula()), Capacity.of(1), new TotalsLayout());
        this.methods = ProgramMethods.of(
                plan,
                Frame.ofOneClass(),
                Places.UNNAMED,
                new Scalars(new TrainingScalars(training.hyperparameters(), "")));
    }

    TypeSpec type() {
        var type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.FINAL)
                .addSuperinterface(METRIC_FORMULA)
                .addJavadoc("The metrics of {@code $L} over a whole split.\n", Comments.escaped(training.name()));
        type.addField(FieldSpec.builder(double[].class, "totals", Modifier.PRIVATE)
                .initializer("new double[0]")
                .build());
        type.addField(FieldSpec.builder(STEP_SCALARS, "scalars", Modifier.PRIVATE)
                .initializer("new $T(new double[0])", STEP_SCALARS)
                .build());
        if (usesMemory()) {
            addMemory(type);
        }
        type.addMethod(compute());
        methods.addTo(type, "runFormula");
        methods.kernelMethods().forEach(type::addMethod);
        return type.build();
    }

    private boolean usesMemory() {
        return totals.hasTensors() || plan.steps().stream().anyMatch(Kernel.class::isInstance);
    }

    private void addMemory(TypeSpec.Builder type) {
        addArray(type, Slab.STATISTICS, Offset.of(totals.count()));
        addArray(type, Slab.OUTPUTS, Offset.of(resultCount()));
        addArray(type, Slab.WORK, plan.work());
        addArray(type, Slab.INTEGERS, plan.integers());
        if (methods.scratch().floats()) {
            type.addField(field(TypeName.get(float[][].class), "lanes", CodeBlock.of("$T.floats(1)", LANES)));
        }
        if (methods.scratch().doubles()) {
            type.addField(field(TypeName.get(double[][].class), "sums", CodeBlock.of("$T.doubles(1)", LANES)));
        }
        if (methods.usesTeam()) {
            type.addField(field(TEAM, "team", CodeBlock.of("$T.of(1)", TEAM)));
        }
        if (methods.usesProducts()) {
            type.addField(field(MATRIX_PRODUCTS, "products", CodeBlock.of("new $T(team)", MATRIX_PRODUCTS)));
        }
    }

    private static void addArray(TypeSpec.Builder type, Slab slab, Offset size) {
        if (!size.equals(Offset.ZERO)) {
            TypeName array = TypeName.get(slab.isFloats() ? float[].class : int[].class);
            String element = slab.isFloats() ? "float" : "int";
            type.addField(field(array, slab.text(), CodeBlock.of("new $L[$L]", element, Positions.offset(size))));
        }
    }

    private static FieldSpec field(TypeName type, String name, CodeBlock value) {
        return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.FINAL)
                .initializer(value)
                .build();
    }

    private MethodSpec compute() {
        var method = MethodSpec.methodBuilder("compute")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addParameter(double[].class, "totals")
                .addParameter(STEP_SCALARS, "scalars")
                .addParameter(double[].class, "results")
                .addStatement("this.totals = totals")
                .addStatement("this.scalars = scalars");
        for (Totals.Statistic statistic : totals.statistics()) {
            if (!statistic.shape().isScalar()) {
                long place = totals.offset(statistic.name());
                method.beginControlFlow("for (int i = $L; i < $L; i++)", place, place + statistic.count())
                        .addStatement("statistics[i] = (float) totals[i]")
                        .endControlFlow();
            }
        }
        method.addStatement("runFormula()");
        for (Output output : plan.program().outputs()) {
            addResult(method, output);
        }
        return method.build();
    }

    private void addResult(MethodSpec.Builder method, Output output) {
        long place = place(output.name());
        if (plan.program().type(output.value()).isScalar()) {
            method.addStatement("results[$L] = $L", place, methods.result(output.value()));
        } else {
            method.beginControlFlow("for (int i = $L; i < $L; i++)", place, place + count(output.name()))
                    .addStatement("results[i] = outputs[i]")
                    .endControlFlow();
        }
    }

    /** Where a metric begins in the results. */
    private long place(String metric) {
        return training.metrics().stream()
                .map(TrainingSpec.Metric::name)
                .takeWhile(other -> !other.equals(metric))
                .mapToLong(this::count)
                .sum();
    }

    private long resultCount() {
        return training.metrics().stream()
                .mapToLong(metric -> count(metric.name()))
                .sum();
    }

    private long count(String metric) {
        return totals.type(metric).shape().count().fixed();
    }

    /** Totals where they stand among all of them, matrices where they stand among the results. */
    private final class TotalsLayout implements Layout {
        @Override
        public Place of(Op.Read read) {
            return new Place(Slab.STATISTICS, Offset.of(totals.offset(read.name())));
        }

        @Override
        public Place of(Output output) {
            return new Place(Slab.OUTPUTS, Offset.of(place(output.name())));
        }
    }

    private final class Scalars implements ScalarSource {
        private final TrainingScalars hyperparameters;

        Scalars(TrainingScalars hyperparameters) {
            this.hyperparameters = hyperparameters;
        }

        @Override
        public Text read(Op.Read scalar) {
            return totals.has(scalar.name())
                    ? Text.primary("totals[$L]", totals.offset(scalar.name()))
                    : hyperparameters.read(scalar);
        }

        @Override
        public String seed() {
            return hyperparameters.seed();
        }

        @Override
        public String draw() {
            return hyperparameters.draw();
        }
    }
}
