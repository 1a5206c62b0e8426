package org.descentlang.compiler.train;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.lower.ExpressionLowering;
import org.descentlang.compiler.lower.Place;
import org.descentlang.compiler.lower.Scope;
import org.descentlang.description.NumberText;

/** Numbers and texts that a clause needs at compile time. */
final class Constants {
    /** Whole numbers up to here are exact in a double. */
    private static final long LARGEST_WHOLE = 1L << 53;

    private final ExpressionLowering lowering;
    private final Scope scope;

    Constants(ExpressionLowering lowering) {
        this.lowering = lowering;
        this.scope = lowering.elaboration().scope(new Place(""));
    }

    /** @param what the number is for, as the subject of a message: "`batch`" */
    OptionalDouble number(Expression expression, String what) {
        return lowering.number(expression, scope, what);
    }

    OptionalLong whole(Expression expression, String what, long least, long most) {
        OptionalDouble value = number(expression, what);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        double number = value.getAsDouble();
        if (number != Math.rint(number) || number < least || number > Math.min(most, LARGEST_WHOLE)) {
            String range = most < LARGEST_WHOLE ? " from " + least + " to " + most : " of at least " + least;
            report(Problem.at(
                    expression.span(),
                    Code.CLAUSE_VALUE,
                    what + " must be a whole number" + range + ", not " + NumberText.of(number)));
            return OptionalLong.empty();
        }
        return OptionalLong.of((long) number);
    }

    Optional<String> text(Expression expression, String what) {
        if (expression instanceof Expression.Text text) {
            return Optional.of(text.value());
        }
        report(Problem.at(expression.span(), Code.WRONG_VALUE, what + " must be a string"));
        return Optional.empty();
    }

    void report(Problem problem) {
        lowering.elaboration().report(problem);
    }
}
