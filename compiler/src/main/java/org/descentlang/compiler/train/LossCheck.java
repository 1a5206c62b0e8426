package org.descentlang.compiler.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.descentlang.compiler.ast.Declaration.Kind;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.autodiff.Differentiability;
import org.descentlang.compiler.check.Declarations;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.source.Span;

/** Whether a loss leads the parameters anywhere. */
final class LossCheck {
    /** Losses that are minimised in place of a metric that is flat almost everywhere. */
    private static final Map<String, List<String>> SURROGATES = Map.of(
            "accuracy", List.of("cross_entropy", "hinge"),
            "top_k", List.of("cross_entropy"),
            "precision", List.of("cross_entropy", "focal"),
            "recall", List.of("cross_entropy", "focal"),
            "f1", List.of("cross_entropy", "focal"),
            "binary_accuracy", List.of("binary_cross_entropy"),
            "auc", List.of("binary_cross_entropy"));

    private final Declarations declarations;
    private final Problems problems;

    LossCheck(Declarations declarations, Problems problems) {
        this.declarations = declarations;
        this.problems = problems;
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
                                "the loss depends on no parameter of the model")
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
        Optional<String> metric = metric(written);
        String subject = metric.map(name -> "`" + name + "`").orElse("this loss");
        Problem problem = Problem.at(
                written.span(),
                Code.NOT_DIFFERENTIABLE,
                subject
                        + " is not differentiable: almost everywhere a small change of the parameters does not change it");
        List<String> surrogates = metric.map(SURROGATES::get).orElse(List.of());
        if (!surrogates.isEmpty()) {
            return problem.help("minimise a surrogate, `%s`, and keep `metric %s`"
                    .formatted(String.join("` or `", surrogates), written.span().text()));
        }
        return obstacle.filter(span -> !span.source().isLibrary() && !span.equals(written.span()))
                .map(span -> problem.also(span, "the derivative ends here"))
                .orElse(problem);
    }

    /** The metric that is used as a loss. */
    private Optional<String> metric(Expression written) {
        return written instanceof Expression.Call call
                        && declarations
                                .definition(Kind.LOSS, call.callee().text())
                                .isEmpty()
                ? declarations
                        .definition(Kind.METRIC, call.callee().text())
                        .map(definition -> definition.name().text())
                : Optional.empty();
    }
}
