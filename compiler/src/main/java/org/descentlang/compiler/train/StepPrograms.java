package org.descentlang.compiler.train;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.ast.Declaration.Kind;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.TrainClause;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.lower.Elaboration;
import org.descentlang.compiler.lower.ExpressionLowering;
import org.descentlang.compiler.lower.LoweredModel;
import org.descentlang.compiler.lower.ModelLowering;
import org.descentlang.compiler.lower.Scope;
import org.descentlang.compiler.lower.Value;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.model.Port;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.TensorType;

/** The forward programs of a `train`: model and loss in training mode; model, loss and metrics in inference mode. */
final class StepPrograms {
    private final Definition model;
    private final Expression.Call use;
    private final TrainClause.Loss loss;
    private final Optional<DataSpec> data;
    private final Set<String> broken;

    /** @param broken fields of the data that are declared and wrong */
    StepPrograms(
            Definition model, Expression.Call use, TrainClause.Loss loss, Optional<DataSpec> data, Set<String> broken) {
        this.broken = broken;
        this.model = model;
        this.use = use;
        this.loss = loss;
        this.data = data;
    }

    /** A program and the inputs of its model. */
    record Forward(Program program, List<Port> inputs) {}

    /** RESULT `loss` and the new RUNNING state. */
    Optional<Forward> training(Elaboration elaboration) {
        data.ifPresent(examples -> elaboration.labels(examples.fields()));
        var lowering = new ExpressionLowering(elaboration);
        Optional<LoweredModel> lowered = new ModelLowering(lowering).lower(model, Optional.of(use));
        if (lowered.isEmpty() || !loss(lowered.get(), lowering)) {
            return Optional.empty();
        }
        elaboration.writeRunning();
        return Optional.of(
                new Forward(elaboration.builder().build(), lowered.get().inputs()));
    }

    /** RESULT `loss` and statistics of a batch, and what these come to. */
    Optional<MetricCut.Cut> evaluation(
            List<TrainClause.Metric> clauses, List<TrainingSpec.Metric> metrics, Elaboration elaboration) {
        data.ifPresent(examples -> elaboration.labels(examples.fields()));
        var lowering = new ExpressionLowering(elaboration);
        Optional<LoweredModel> lowered = new ModelLowering(lowering).lower(model, Optional.of(use));
        if (lowered.isEmpty() || !loss(lowered.get(), lowering)) {
            return Optional.empty();
        }
        int modelSize = elaboration.builder().size();
        boolean good = true;
        for (int i = 0; i < clauses.size(); i++) {
            Scope scope = clause(lowered.get(), "metric", elaboration);
            scope.prefer(Kind.METRIC);
            good &= result(clauses.get(i).value(), metrics.get(i).name(), "a metric", scope, lowering);
        }
        return good ? cut(clauses, metrics, modelSize, elaboration) : Optional.empty();
    }

    private static Optional<MetricCut.Cut> cut(
            List<TrainClause.Metric> clauses,
            List<TrainingSpec.Metric> metrics,
            int modelSize,
            Elaboration elaboration) {
        Program whole = elaboration.builder().build();
        var dependence = new BatchDependence(whole, modelSize);
        var mixed = MetricCut.mixed(whole, dependence);
        for (int i = 0; i < clauses.size(); i++) {
            Integer first = mixed.get(metrics.get(i).name());
            if (first != null) {
                elaboration.report(
                        mixed(clauses.get(i).value(), whole.instruction(first).origin()));
            }
        }
        return mixed.isEmpty() ? Optional.of(MetricCut.of(whole, dependence)) : Optional.empty();
    }

    private static Problem mixed(Expression metric, Optional<Span> place) {
        var problem = Problem.at(
                        metric.span(),
                        Code.NOT_ADDED_UP,
                        "this metric cannot be computed batch by batch: it compares each example with all the others")
                .help("rewrite it with sums over the examples: for squared distances from the mean, "
                        + "use `sum(x^2) - sum(x)^2 / n`");
        return place.filter(span -> !span.source().isLibrary() && !span.equals(metric.span()))
                .map(span -> problem.also(span, "needs the whole split at once"))
                .orElse(problem);
    }

    private boolean loss(LoweredModel lowered, ExpressionLowering lowering) {
        Scope scope = clause(lowered, "loss", lowering.elaboration());
        scope.prefer(Kind.LOSS);
        return result(loss.value(), "loss", "a loss", scope, lowering);
    }

    private boolean result(Expression expression, String name, String what, Scope scope, ExpressionLowering lowering) {
        Elaboration elaboration = lowering.elaboration();
        Optional<Value.Tensor> value = lowering.tensor(expression, scope);
        if (value.isEmpty()) {
            return false;
        }
        if (!value.get().type().equals(TensorType.SCALAR)
                && !(what.equals("a metric") && isMatrix(value.get().type()))) {
            Problem problem = Problem.at(
                    expression.span(),
                    Code.WRONG_VALUE,
                    what + " must be one number, but this is " + value.get().type());
            boolean hasMean = value.get().type().element() == ElementType.F32;
            elaboration.report(
                    hasMean ? problem.help("write `mean(" + expression.span().text() + ")`") : problem);
            return false;
        }
        elaboration.builder().output(Output.Sink.RESULT, name, value.get().id());
        return true;
    }

    private static boolean isMatrix(TensorType type) {
        return type.element() == ElementType.F32
                && type.shape().rank() == 2
                && type.shape().isFixed();
    }

    /** What a clause sees: the names of the model and the fields of the data. */
    private Scope clause(LoweredModel lowered, String place, Elaboration elaboration) {
        Scope scope = lowered.clause(place);
        List<String> inputs = lowered.inputs().stream().map(Port::name).toList();
        for (DataSpec.Field field : data.map(DataSpec::fields).orElse(List.of())) {
            if (!inputs.contains(field.name())) {
                scope.bind(field.name(), elaboration.input(field.name(), field.type()));
            }
        }
        broken.stream().filter(name -> !inputs.contains(name)).forEach(name -> scope.bind(name, Value.FAILURE));
        return scope;
    }
}
