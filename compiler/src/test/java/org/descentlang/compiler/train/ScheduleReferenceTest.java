package org.descentlang.compiler.train;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.descentlang.compiler.model.ScheduleSpec;
import org.descentlang.compiler.model.TrainingSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The standard library's schedules against PyTorch's and the formulas of their papers: base 0.1, one value an update.
 */
class ScheduleReferenceTest {
    /** What the reference calls a schedule, and how it is written in the language. */
    private static final Map<String, String> SCHEDULES = Map.ofEntries(
            entry("step_decay(every=30,factor=0.1)", "step_decay(every = 30 steps, factor = 0.1)"),
            entry("multi_step(at=[30,60],factor=0.1)", "multi_step(at = [30 steps, 60 steps], factor = 0.1)"),
            entry("exponential(rate=0.95)", "exponential(rate = 0.95)"),
            entry("cosine(over=100,to=0.001)", "cosine(over = 100 steps, to = 0.001)"),
            entry(
                    "cosine_restarts(period=10,mult=2,to=0.001)",
                    "cosine_restarts(period = 10 steps, mult = 2, to = 0.001)"),
            entry("polynomial(over=50,power=2)", "polynomial(over = 50 steps, power = 2)"),
            entry("one_cycle(max=1.0,over=100,cosine)", "one_cycle(max = 1.0, over = 100 steps)"),
            entry(
                    "triangular(low=0.001,high=0.1,half_period=20)",
                    "triangular(low = 0.001, high = 0.1, half_period = 20 steps)"),
            entry(
                    "linear_warmup(from=0.1,over=10) then cosine(over=90,to=0)",
                    "warmup(10 steps, from = 0.1) then cosine(over = 90 steps, to = 0)"),
            entry("linear_decay(over=200,to=1%)", "linear_decay(over = 200 steps, to = 1%)"),
            entry("inverse_sqrt(warmup=40)", "inverse_sqrt(warmup = 40 steps)"),
            entry("inverse_time(decay=0.01)", "inverse_time(decay = 0.01)"));

    static Stream<Arguments> series() {
        return Reference.read("schedules.json").getAsJsonObject().getAsJsonObject("series").entrySet().stream()
                .map(entry -> Arguments.of(
                        entry.getKey(),
                        Reference.numbers(entry.getValue().getAsJsonObject().get("lr"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("series")
    void followsTheReference(String schedule, double[] expected) {
        ScheduleSpec spec = schedule(Objects.requireNonNull(SCHEDULES.get(schedule)), expected.length);
        for (int t = 0; t < expected.length; t++) {
            assertThat(ScheduleValues.at(spec, 0.1, t, expected.length))
                    .as("after %d updates", t)
                    .isCloseTo(expected[t], offset(1e-9 * Math.abs(expected[t])));
        }
    }

    static Stream<Arguments> edges() {
        return Reference.read("schedule_edges.json").getAsJsonArray().asList().stream()
                .map(entry -> entry.getAsJsonObject())
                .map(entry -> Arguments.of(entry.get("schedule").getAsString(), Reference.numbers(entry.get("lr"))));
    }

    /**
     * Durations of one, two and three updates, rises of nothing and of everything, the last update and what is after.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("edges")
    void isRightAtItsEdges(String schedule, double[] expected) {
        ScheduleSpec spec = schedule(schedule, expected.length);
        for (int t = 0; t < expected.length; t++) {
            assertThat(ScheduleValues.at(spec, 0.1, t, expected.length))
                    .as("after %d updates", t)
                    .isCloseTo(expected[t], offset(1e-9 * Math.abs(expected[t]) + 1e-15));
        }
    }

    @Test
    void everyScheduleOfTheReferenceIsWritten() {
        assertThat(series().map(series -> series.get()[0])).containsExactlyInAnyOrderElementsOf(SCHEDULES.keySet());
    }

    @Test
    void constantStaysWhereTheSegmentBeforeItEnded() {
        ScheduleSpec spec = schedule("linear(to = 0.01, over = 50 steps) then constant", 100);
        assertThat(ScheduleValues.at(spec, 0.1, 49, 100)).isCloseTo(0.0118, offset(1e-12));
        assertThat(ScheduleValues.at(spec, 0.1, 50, 100)).isCloseTo(0.01, offset(1e-12));
        assertThat(ScheduleValues.at(spec, 0.1, 99, 100)).isCloseTo(0.01, offset(1e-12));
    }

    /** A limit that the value may reach must not be missed by a rounding: 0.1 + (1e-17 - 0.1) is 0. */
    @ParameterizedTest
    @ValueSource(strings = {"1e-17", "0.3", "0.7", "0.0123"})
    void aLineEndsWhereItSays(String to) {
        ScheduleSpec spec = schedule("linear(to = " + to + ", over = 3 steps)", 8);
        assertThat(ScheduleValues.at(spec, 0.1, 3, 8)).isEqualTo(Double.parseDouble(to));
        assertThat(ScheduleValues.at(spec, 0.1, 7, 8)).isEqualTo(Double.parseDouble(to));
    }

    @Test
    void restIsWhatTheSegmentsBeforeLeave() {
        ScheduleSpec spec = schedule("warmup(20 steps) then cosine(to = 0)", 100);
        assertThat(ScheduleValues.at(spec, 0.1, 0, 100)).isZero();
        assertThat(ScheduleValues.at(spec, 0.1, 20, 100)).isCloseTo(0.1, offset(1e-12));
        assertThat(ScheduleValues.at(spec, 0.1, 60, 100)).isCloseTo(0.05, offset(1e-12));
    }

    private static ScheduleSpec schedule(String text, int steps) {
        TrainingSpec training = Compilation.training("""
                model Plain { weight p : f32[2] = [1.0, 2.0]  output value = sum(p^2) }
                train T { model Plain loss value optimizer sgd(lr = 0.1) schedule lr = %s steps %d }
                """.formatted(text, steps));
        return training.schedules().getFirst();
    }
}
