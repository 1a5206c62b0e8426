package org.descentlang.compiler.lower;

import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.source.Span;

/**
 * What evaluating a file while compiling may cost: one sum for its models, trainings, data, initialisers and schedules
 * together. An expression, a turn of a loop and a call are a step; an operation that comes of it counts as more, since
 * later phases look at it again and again. Whatever repeats work is found by this one number, however it does so.
 */
public final class Budget {
    /** Evaluated in about a second; larger than what the largest network known to compile needs by a factor of ten. */
    public static final long STEPS = 4_000_000;

    /** So that all programs of a file have at most 200 000 operations. */
    private static final int STEPS_OF_AN_OPERATION = 20;

    private final IdentityHashMap<Span, Integer> repeated = new IdentityHashMap<>();
    private long left = STEPS;
    private final Set<Problems> told = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Whether there is nothing left: whatever asks then fails silently, but for the first. */
    boolean isSpent() {
        return left < 0;
    }

    void spend(long steps) {
        left -= steps;
    }

    void spendOperations(long operations) {
        spend(operations * STEPS_OF_AN_OPERATION);
    }

    /** A call or a turn of a loop, which the text has once and evaluation may come by many times. */
    void repeat(Span place) {
        spend(1);
        repeated.merge(place, 1, Integer::sum);
    }

    /** What to say about it, to each listener once: the place that was come by most often used it up. */
    Optional<Problem> complaint(Span present, Problems listener) {
        if (!told.add(listener)) {
            return Optional.empty();
        }
        var most = repeated.entrySet().stream()
                .filter(entry -> !entry.getKey().source().isLibrary())
                .max(Comparator.comparingInt(Map.Entry<Span, Integer>::getValue)
                        .thenComparingInt(entry -> -entry.getKey().start()));
        Problem problem = Problem.at(
                most.map(Map.Entry::getKey).orElse(present),
                Code.TOO_LARGE,
                "evaluating this at compile time would take more than " + STEPS + " steps");
        return Optional.of(most.filter(entry -> entry.getValue() > 1)
                .map(entry -> problem.label("evaluated more than " + roundedDown(entry.getValue()) + " times so far"))
                .orElse(problem));
    }

    /** Its power of ten: how often exactly depends on what the library does inside. */
    private static int roundedDown(int count) {
        int power = 1;
        while (power <= (count - 1) / 10) {
            power *= 10;
        }
        return power;
    }
}
