package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.ast.Requirement;
import org.descentlang.compiler.ast.Requirement.Bound;
import org.descentlang.compiler.ast.Requirement.Comparison;
import org.descentlang.compiler.ast.Requirement.Condition;
import org.descentlang.compiler.ast.Requirement.Divides;
import org.descentlang.compiler.ast.Requirement.Whole;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.model.Order;
import org.descentlang.compiler.source.Span;
import org.descentlang.description.NumberText;
import org.descentlang.description.Range;

/** Holds the arguments of a definition to what it requires: `require 0 <= beta1 < 1`. */
public final class Requirements {
    /** An argument that is compared, with its number. */
    private record Compared(String name, Value.Number number, Value.Given given) {
        double value() {
            return number.value();
        }

        /** Where the number was written, if the argument only hands it on. */
        Optional<Span> origin() {
            Span span = given.span();
            return number.written()
                    .filter(written -> !written.source().isLibrary())
                    .filter(written -> written.source() != span.source()
                            || written.start() < span.start()
                            || written.end() > span.end());
        }
    }

    private final Definition definition;
    private final Elaboration elaboration;

    public Requirements(Definition definition, Elaboration elaboration) {
        this.definition = definition;
        this.elaboration = elaboration;
    }

    /** What an argument has to be, whatever the others are. */
    public static Range range(Definition definition, String argument) {
        Range range = Range.ANY;
        for (Requirement requirement : definition.requirements()) {
            for (Condition condition : requirement.conditions()) {
                range = range.and(range(condition, argument));
            }
        }
        return range;
    }

    private static Range range(Condition condition, String argument) {
        return switch (condition) {
            case Whole(var name) -> isNamed(name, argument) ? Range.ANY.ofWholeNumbers() : Range.ANY;
            case Divides _ -> Range.ANY;
            case Comparison comparison -> range(comparison, argument);
        };
    }

    private static Range range(Comparison comparison, String argument) {
        if (comparison.smaller() instanceof Bound.Number(double low) && isNamed(comparison.larger(), argument)) {
            return Range.ANY.above(low, !comparison.strict());
        }
        return comparison.larger() instanceof Bound.Number(double high) && isNamed(comparison.smaller(), argument)
                ? Range.ANY.below(high, !comparison.strict())
                : Range.ANY;
    }

    private static boolean isNamed(Bound bound, String argument) {
        return bound instanceof Bound.Named(var name) && name.text().equals(argument);
    }

    /**
     * Reports what the arguments do not fulfil. What is not a number at compile time, a tensor say, is not compared.
     * Numbers that may change later are held to it then.
     *
     * @param arguments by name, defaults and sizes included
     */
    public boolean hold(Function<String, Optional<Value.Given>> arguments) {
        boolean hold = true;
        for (Requirement requirement : definition.requirements()) {
            Optional<Condition> broken = requirement.conditions().stream()
                    .filter(condition -> !holds(condition, arguments))
                    .findFirst();
            broken.ifPresent(condition -> report(requirement, condition, arguments));
            hold &= broken.isEmpty();
            requirement.conditions().forEach(condition -> holdLater(condition, arguments));
        }
        return hold;
    }

    /** What compares two arguments of which at least one may change. */
    private void holdLater(Condition condition, Function<String, Optional<Value.Given>> arguments) {
        if (condition instanceof Comparison(Bound.Named(var smaller), boolean strict, Bound.Named(var larger))) {
            Optional<Compared> low = compared(smaller.text(), arguments);
            Optional<Compared> high = compared(larger.text(), arguments);
            if (low.isPresent() && high.isPresent()) {
                holdLater(low.get(), strict, high.get());
            }
        }
    }

    private void holdLater(Compared low, boolean strict, Compared high) {
        Optional<String> lowPath = elaboration.path(low.number());
        Optional<String> highPath = elaboration.path(high.number());
        if (lowPath.isPresent() && highPath.isPresent()) {
            elaboration.registry().require(new Order(lowPath.get(), strict, highPath.get()));
        } else if (high.number().runtime().isEmpty()) {
            elaboration.require(low.number(), Range.ANY.below(high.value(), !strict));
        } else if (low.number().runtime().isEmpty()) {
            elaboration.require(high.number(), Range.ANY.above(low.value(), !strict));
        }
    }

    private static boolean holds(Condition condition, Function<String, Optional<Value.Given>> arguments) {
        return switch (condition) {
            case Whole(var name) ->
                value(name, arguments)
                        .filter(number -> number != Math.rint(number))
                        .isEmpty();
            case Divides(var divisor, var multiple) -> divides(divisor, multiple, arguments);
            case Comparison comparison -> holds(comparison, arguments);
        };
    }

    private static boolean divides(Bound divisor, Bound multiple, Function<String, Optional<Value.Given>> arguments) {
        Optional<Double> by = value(divisor, arguments);
        Optional<Double> number = value(multiple, arguments);
        return by.isEmpty() || number.isEmpty() || number.get() % by.get() == 0;
    }

    private static boolean holds(Comparison comparison, Function<String, Optional<Value.Given>> arguments) {
        Optional<Double> smaller = value(comparison.smaller(), arguments);
        Optional<Double> larger = value(comparison.larger(), arguments);
        boolean compared = smaller.isPresent() && larger.isPresent();
        return !compared || (comparison.strict() ? smaller.get() < larger.get() : smaller.get() <= larger.get());
    }

    private static Optional<Double> value(Bound bound, Function<String, Optional<Value.Given>> arguments) {
        return switch (bound) {
            case Bound.Number(double value) -> Optional.of(value);
            case Bound.Named(var name) -> compared(name.text(), arguments).map(Compared::value);
        };
    }

    private static Optional<Compared> compared(String name, Function<String, Optional<Value.Given>> arguments) {
        return arguments
                .apply(name)
                .flatMap(given -> given.value() instanceof Value.Number number
                        ? Optional.of(new Compared(name, number, given))
                        : Optional.empty());
    }

    private void report(Requirement requirement, Condition broken, Function<String, Optional<Value.Given>> arguments) {
        List<Compared> compared = new ArrayList<>();
        for (Bound bound : broken.bounds()) {
            if (bound instanceof Bound.Named(var name)) {
                compared(name.text(), arguments).ifPresent(compared::add);
            }
        }
        String actual = compared.stream()
                .map(argument -> "`" + argument.name() + "` is " + NumberText.of(argument.value()))
                .collect(Collectors.joining(" and "));
        Compared blamed = blamed(compared);
        Problem problem = Problem.at(
                blamed.given().span(),
                Code.REQUIREMENT,
                "`%s` requires `%s`, but %s".formatted(definition.name(), requirement.text(), actual));
        Problem rooted = blamed.origin()
                .map(origin -> problem.also(origin, "the number"))
                .orElse(problem);
        for (Compared other : compared) {
            Optional<Span> written = other.number().written();
            if (broken instanceof Divides && !other.equals(blamed) && written.isPresent()) {
                rooted = rooted.also(written.get(), "`" + other.name() + "` is " + NumberText.of(other.value()));
            }
        }
        boolean library = requirement.span().source().isLibrary();
        elaboration.report(library ? rooted : rooted.also(requirement.span(), "required here"));
    }

    /** One that was written rather than a default. */
    private static Compared blamed(List<Compared> compared) {
        return compared.stream()
                .min(Comparator.comparing(argument -> argument.given().defaulted()))
                .orElseThrow();
    }
}
