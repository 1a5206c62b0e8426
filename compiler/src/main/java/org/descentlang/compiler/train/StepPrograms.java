package org.descentlang.compiler.train;

import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.ast.Declaration.Kind;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.TrainClause;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.ir.Op;
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
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.TensorType;

/** The forward programs of a `train`: model and loss in training mode; model, loss and metrics in inference mode. */
final class StepPrograms {
    private final Definition model;
    private final Expression.Call use;
    private final TrainClause.Loss loss;
    private final Optional<DataSpec> data;

    StepPrograms(Definition model, Expression.Call use, TrainClause.Loss loss, Optional<DataSpec> data) {
        this.model = model;
        this.use = use;
        this.loss = loss;
        this.data = data;
    }

    /** A program and the inputs of its model. */
    record Forward(Program program, List<Port> inputs) {}

    /** RESULT `loss` and the new RUNNING state. */
    Optional<Forward> training(Elaboration elaboration) {
        var lowering = new ExpressionLowering(elaboration);
        Optional<LoweredModel> lowered = new ModelLowering(lowering).lower(model, Optional.of(use));
        if (lowered.isEmpty() || !loss(lowered.get(), lowering)) {
            return Optional.empty();
        }
        elaboration.writeRunning();
        return Optional.of(
                new Forward(elaboration.builder().build(), lowered.get().inputs()));
    }

    /** RESULT `loss` and one for each metric, by its name. */
    Optional<Program> evaluation(
            List<TrainClause.Metric> clauses, List<TrainingSpec.Metric> metrics, Elaboration elaboration) {
        var lowering = new ExpressionLowering(elaboration);
        Optional<LoweredModel> lowered = new ModelLowering(lowering).lower(model, Optional.of(use));
        if (lowered.isEmpty() || !loss(lowered.get(), lowering)) {
            return Optional.empty();
        }
        boolean good = true;
        for (int i = 0; i < clauses.size(); i++) {
            Scope scope = clause(lowered.get(), "metric", elaboration);
            scope.prefer(Kind.METRIC);
            good &= scalar(clauses.get(i).value(), metrics.get(i).name(), "a metric", scope, lowering);
        }
        return good ? Optional.of(elaboration.builder().build()) : Optional.empty();
    }

    private boolean loss(LoweredModel lowered, ExpressionLowering lowering) {
        Scope scope = clause(lowered, "loss", lowering.elaboration());
        scope.prefer(Kind.LOSS);
        return scalar(loss.value(), "loss", "a loss", scope, lowering);
    }

    private boolean scalar(Expression expression, String name, String what, Scope scope, ExpressionLowering lowering) {
        Elaboration elaboration = lowering.elaboration();
        Optional<Value.Tensor> value = lowering.tensor(expression, scope);
        if (value.isEmpty()) {
            return false;
        }
        if (!value.get().type().equals(TensorType.SCALAR)) {
            Problem problem = Problem.at(
                    expression.span(),
                    Code.WRONG_VALUE,
                    what + " is one number, but this is " + value.get().type());
            boolean hasMean = value.get().type().element() == ElementType.F32;
            elaboration.report(
                    hasMean ? problem.help("write `mean(" + expression.span().text() + ")`") : problem);
            return false;
        }
        elaboration.builder().output(Output.Sink.RESULT, name, value.get().id());
        return true;
    }

    /** What a clause sees: the names of the model and the fields of the data. */
    private Scope clause(LoweredModel lowered, String place, Elaboration elaboration) {
        Scope scope = lowered.clause(place);
        List<String> inputs = lowered.inputs().stream().map(Port::name).toList();
        for (DataSpec.Field field : data.map(DataSpec::fields).orElse(List.of())) {
            if (!inputs.contains(field.name())) {
                int read = elaboration.read(Op.Storage.INPUT, field.name(), field.type());
                scope.bind(field.name(), Value.Tensor.of(read, field.type()));
            }
        }
        return scope;
    }
}
