package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.OptionalDouble;
import java.util.Set;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.description.Initializer;

/** The initialisers that are not written in the language. Outside of a parameter they wait for its shape. */
final class Distributions {
    static final Set<String> NAMES =
            Set.of("uniform", "normal", "truncated_normal", "orthogonal", "identity", "sparse", "parts");

    private static final double CUT = 2;

    private Distributions() {}

    static Value uniform(Primitives primitives, Primitives.Use use) {
        if (!use.scope().isInitial()) {
            return later(use);
        }
        OptionalDouble low = number(primitives, use, "low");
        OptionalDouble high = number(primitives, use, "high");
        if (low.isEmpty() || high.isEmpty()) {
            return Value.FAILURE;
        }
        return low.getAsDouble() <= high.getAsDouble()
                ? new Value.Start(new Initializer.Uniform(low.getAsDouble(), high.getAsDouble()))
                : refuse(primitives, use, "`low` is above `high`");
    }

    static Value normal(Primitives primitives, Primitives.Use use) {
        return use.scope().isInitial() ? normal(primitives, use, Double.POSITIVE_INFINITY) : later(use);
    }

    static Value truncatedNormal(Primitives primitives, Primitives.Use use) {
        if (!use.scope().isInitial()) {
            return later(use);
        }
        OptionalDouble cut = use.find("cut").isPresent() ? number(primitives, use, "cut") : OptionalDouble.of(CUT);
        if (cut.isEmpty()) {
            return Value.FAILURE;
        }
        return cut.getAsDouble() > 0
                ? normal(primitives, use, cut.getAsDouble())
                : refuse(primitives, use, "`cut` must be above 0");
    }

    static Value orthogonal(Primitives primitives, Primitives.Use use) {
        if (!use.scope().isInitial()) {
            return later(use);
        }
        OptionalDouble gain = use.find("gain").isPresent() ? number(primitives, use, "gain") : OptionalDouble.of(1);
        return gain.isPresent() ? new Value.Start(new Initializer.Orthogonal(gain.getAsDouble())) : Value.FAILURE;
    }

    /** `parts(0, 1, 0, 0)`: equal parts of the last axis, each with its number. */
    static Value parts(Primitives primitives, Primitives.Use use) {
        if (!use.scope().isInitial()) {
            return later(use);
        }
        var values = new ArrayList<Double>();
        for (Expression written : use.all()) {
            OptionalDouble number = primitives.lowering().number(written, use.scope(), "a number of `parts`");
            if (number.isEmpty()) {
                return Value.FAILURE;
            }
            values.add(number.getAsDouble());
        }
        return !values.isEmpty() && values.stream().allMatch(Double::isFinite)
                ? new Value.Start(new Initializer.Parts(values))
                : refuse(primitives, use, "there is no finite number for each part");
    }

    static Value identity(Primitives primitives, Primitives.Use use) {
        if (!use.scope().isInitial()) {
            return later(use);
        }
        OptionalDouble gain = use.find("gain").isPresent() ? number(primitives, use, "gain") : OptionalDouble.of(1);
        return gain.isPresent() ? new Value.Start(new Initializer.Identity(gain.getAsDouble())) : Value.FAILURE;
    }

    /** `sparse(k)`: of each unit, k weights that are not 0. */
    static Value sparse(Primitives primitives, Primitives.Use use) {
        if (!use.scope().isInitial()) {
            return later(use);
        }
        OptionalDouble k = number(primitives, use, "k");
        OptionalDouble deviation =
                use.find("deviation").isPresent() ? number(primitives, use, "deviation") : OptionalDouble.of(1);
        if (k.isEmpty() || deviation.isEmpty()) {
            return Value.FAILURE;
        }
        int count = (int) k.getAsDouble();
        if (count != k.getAsDouble() || count < 1) {
            return refuse(primitives, use, "`k` must be a whole number of at least 1");
        }
        return deviation.getAsDouble() < 0
                ? refuse(primitives, use, "`deviation` is below 0")
                : new Value.Start(new Initializer.Sparse(count, deviation.getAsDouble()));
    }

    private static Value normal(Primitives primitives, Primitives.Use use, double cut) {
        OptionalDouble mean = number(primitives, use, "mean");
        OptionalDouble deviation = number(primitives, use, "deviation");
        if (mean.isEmpty() || deviation.isEmpty()) {
            return Value.FAILURE;
        }
        if (deviation.getAsDouble() < 0) {
            return refuse(primitives, use, "`deviation` is below 0");
        }
        return new Value.Start(
                Double.isInfinite(cut)
                        ? new Initializer.Normal(mean.getAsDouble(), deviation.getAsDouble())
                        : new Initializer.TruncatedNormal(mean.getAsDouble(), deviation.getAsDouble(), cut));
    }

    private static Value later(Primitives.Use use) {
        return new Value.WaitingInitializer(use.call(), use.scope().copy());
    }

    private static OptionalDouble number(Primitives primitives, Primitives.Use use, String parameter) {
        OptionalDouble number = primitives
                .lowering()
                .number(
                        use.get(parameter),
                        use.scope(),
                        "`" + parameter + "` of `" + use.call().callee() + "`");
        if (number.isPresent() && !Double.isFinite(number.getAsDouble())) {
            refuse(primitives, use, "`" + parameter + "` is " + number.getAsDouble());
            return OptionalDouble.empty();
        }
        return number;
    }

    private static Value refuse(Primitives primitives, Primitives.Use use, String title) {
        return primitives
                .lowering()
                .elaboration()
                .fail(Problem.at(
                        use.call().span(),
                        Code.INITIAL,
                        title + " in `" + use.call().callee() + "`"));
    }
}
