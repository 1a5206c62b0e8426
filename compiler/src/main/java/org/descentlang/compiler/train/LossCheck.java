package org.descentlang.compiler.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.descentlang.compiler.ast.Declaration.Kind;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.autodiff.Differentiability;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.names.Declarations;
import org.descentlang.compiler.source.Span;

/** Whether a loss leads the parameters anywhere. */
final class LossCheck {
    /** Losses that are minimised in place of a metric that is flat almost everywhere, if they take its arguments. */
    private static final Map<String, List<String>> SURROGATES = Map.of(
            "accuracy", List.of("cross_entropy"),
            "top_k", List.of("cross_entropy"),
            "precision", List.of("cross_entropy"),
            "recall", List.of("cross_entropy"),
            "f1", List.of("cross_entropy"),
            "binary_accuracy", List.of("binary_cross_entropy"),
            "auc", List.of("binary_cross_entropy"));
    /** In place of a user's metric of classes. */
    private static final List<String> SURROGATE = List.of("cross_entropy");

    private final Declarations declarations;
    private final Problems problems;
    private final Predicate<Expression> isLoss;

    /** @param isLoss whether an expression could be the loss */
    LossCheck(Declarations declarations, Problems problems, Predicate<Expression> isLoss) {
        this.declarations = declarations;
        this.problems = problems;
        this.isLoss = isLoss;
    }

    /** @param forward has the RESULT `loss` */
    boolean check(Program forward, Expression written) {
        int loss = forward.outputs().stream()
                .filter(output ->
                        output.sink() == Output.Sink.RESULT && output.name().equals("loss"))
                .mapToInt(Output::value)
                .findFirst()
                .orElseThrow();
        var differentiability = Differentiability.of(forward);
        if (differentiability.isDifferentiable(loss)) {
            return true;
        }
        problems.report(
                differentiability.isIndependent(loss)
                        ? Problem.at(
                                written.span(),
                                Code.NOT_DIFFERENTIABLE,
                                "the loss does not depend on any parameter of the model")
                        : notDifferentiable(written, obstacle(forward, differentiability, loss)));
        return false;
    }

    private static Optional<Span> obstacle(Program forward, Differentiability differentiability, int loss) {
        return differentiability.obstacle(loss).stream()
                .mapToObj(forward::instruction)
                .flatMap(instruction -> instruction.origin().stream())
                .findFirst();
    }

    private Problem notDifferentiable(Expression written, Optional<Span> obstacle) {
        Optional<Expression.Call> metric = metric(written);
        boolean whole = metric.filter(written::equals).isPresent();
        String subject = whole ? "`" + metric.get().callee() + "`" : "this loss";
        Problem problem = Problem.at(
                written.span(),
                Code.NOT_DIFFERENTIABLE,
                subject + " is not differentiable: a small change of the parameters almost never changes it");
        Problem shown = obstacle.filter(span -> !span.source().isLibrary() && !span.equals(written.span()))
                .map(span -> problem.also(span, "the derivative ends here"))
                .orElse(problem);
        return metric.flatMap(this::advice).map(shown::help).orElse(shown);
    }

    private Optional<String> advice(Expression.Call metric) {
        return SURROGATES.getOrDefault(metric.callee().text(), SURROGATE).stream()
                .map(surrogate -> instead(metric, surrogate))
                .filter(isLoss)
                .findFirst()
                .map(call -> "minimise a surrogate, `loss %s`, and keep `metric %s`"
                        .formatted(text(call), metric.span().text()));
    }

    /** The surrogate of the first two arguments: what is predicted and what is right. */
    private static Expression.Call instead(Expression.Call metric, String surrogate) {
        var arguments = metric.arguments().stream().limit(2).toList();
        return new Expression.Call(new Name(surrogate, metric.callee().span()), arguments, false, metric.span());
    }

    private static String text(Expression.Call call) {
        return call.arguments().stream()
                .map(argument -> argument.value().span().text())
                .collect(Collectors.joining(", ", call.callee() + "(", ")"));
    }

    /** The metric that is used as a loss, or in one. */
    private Optional<Expression.Call> metric(Expression written) {
        return switch (written) {
            case Expression.Call call when isMetric(call.callee()) -> Optional.of(call);
            case Expression.Unary(var _, var operand, var _) -> metric(operand);
            case Expression.Binary(var _, var left, var right, var _, var _) ->
                metric(left).or(() -> metric(right));
            default -> Optional.empty();
        };
    }

    private boolean isMetric(Name name) {
        return declarations
                .definition(List.of(Kind.LOSS, Kind.FUNCTION, Kind.LAYER, Kind.METRIC), name)
                .filter(definition -> definition.kind() == Kind.METRIC)
                .isPresent();
    }
}
