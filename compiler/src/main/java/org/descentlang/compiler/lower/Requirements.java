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
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.NumberText;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.model.Range;
import org.descentlang.compiler.source.Span;

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
            for (Comparison comparison : requirement.comparisons()) {
                range = range.and(range(comparison, argument));
            }
        }
        return range;
    }

    private static Range range(Comparison comparison, String argument) {
        if (comparison.smaller() instanceof Bound.Number(double low) && isNamed(comparison.larger(), argument)) {
            return Range.above(low, !comparison.strict());
        }
        return comparison.larger() instanceof Bound.Number(double high) && isNamed(comparison.smaller(), argument)
                ? Range.below(high, !comparison.strict())
                : Range.ANY;
    }

    private static boolean isNamed(Bound bound, String argument) {
        return bound instanceof Bound.Argument(var name) && name.text().equals(argument);
    }

    /**
     * Reports what the arguments do not fulfil. What is no number when compiling, a tensor say, is not compared.
     *
     * @param arguments by name, defaults included
     */
    public boolean hold(Function<String, Optional<Value.Given>> arguments) {
        boolean hold = true;
        for (Requirement requirement : definition.requirements()) {
            Optional<Comparison> broken = requirement.comparisons().stream()
                    .filter(comparison -> !holds(comparison, arguments))
                    .findFirst();
            broken.ifPresent(comparison -> report(requirement, comparison, arguments));
            hold &= broken.isEmpty();
        }
        return hold;
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
            case Bound.Argument(var name) -> compared(name.text(), arguments).map(Compared::value);
        };
    }

    private static Optional<Compared> compared(String name, Function<String, Optional<Value.Given>> arguments) {
        return arguments
                .apply(name)
                .flatMap(given -> given.value() instanceof Value.Number number
                        ? Optional.of(new Compared(name, number, given))
                        : Optional.empty());
    }

    private void report(Requirement requirement, Comparison broken, Function<String, Optional<Value.Given>> arguments) {
        List<Compared> compared = new ArrayList<>();
        for (Bound bound : List.of(broken.smaller(), broken.larger())) {
            if (bound instanceof Bound.Argument(var name)) {
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
