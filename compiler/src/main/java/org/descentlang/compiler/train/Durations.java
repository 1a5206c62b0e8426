package org.descentlang.compiler.train;

import java.util.Optional;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.lower.ExpressionLowering;
import org.descentlang.compiler.lower.Place;
import org.descentlang.compiler.lower.Value;
import org.descentlang.compiler.source.Span;
import org.descentlang.description.Duration;
import org.descentlang.description.Duration.Unit;

/** `200 steps`, `5 epochs`, `100000 samples`, `30 minutes`, `rest`. */
final class Durations {
    private final ExpressionLowering lowering;

    Durations(ExpressionLowering lowering) {
        this.lowering = lowering;
    }

    Optional<Duration> duration(Expression expression) {
        var scope = lowering.elaboration().scope(new Place(""));
        return duration(lowering.evaluate(expression, scope), expression.span());
    }

    Optional<Duration> duration(Value value, Span span) {
        return switch (value) {
            case Value.Length(var duration) when duration.amount() > 0 -> Optional.of(duration);
            case Value.Length _ -> fail(Problem.at(span, Code.CLAUSE_VALUE, "a duration must be longer than 0"));
            case Value.Number _ -> fail(withoutUnit(span));
            case Value.Failure _ -> Optional.empty();
            default ->
                fail(Problem.at(
                        span,
                        Code.DURATION_UNIT,
                        "expected a duration: `200 steps`, `5 epochs`, `100000 samples` or `rest`"));
        };
    }

    /** A duration that updates count: no time on the clock. */
    Optional<Duration> ofUpdates(Value value, Span span) {
        Optional<Duration> duration = duration(value, span);
        if (duration.isPresent() && duration.get().unit() == Unit.SECONDS) {
            return fail(Problem.at(span, Code.DURATION_UNIT, "a schedule counts steps, epochs or samples, not time"));
        }
        return duration;
    }

    private static Problem withoutUnit(Span span) {
        String amount = span.text();
        return Problem.at(
                        span,
                        Code.DURATION_UNIT,
                        "a duration needs a unit: `%s steps` or `%s epochs`".formatted(amount, amount))
                .label(amount + " of what?");
    }

    private Optional<Duration> fail(Problem problem) {
        lowering.elaboration().report(problem);
        return Optional.empty();
    }
}
