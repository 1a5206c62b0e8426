package org.descentlang.compiler.model;

import java.util.List;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.source.Span;
import org.descentlang.description.Duration;

/**
 * `schedule lr = warmup(100 steps) then cosine(to = 1e-5)`.
 *
 * @param targets paths of the hyperparameters it drives; each keeps its own `base`
 */
public record ScheduleSpec(String text, List<String> targets, List<Segment> segments, Span span) {
    /**
     * One piece. {@code value} is a program of scalars only: it reads SCALAR `base`, `t` (updates done in this segment)
     * and `duration.0`, `duration.1`, … (in updates, resolved when the run starts), and has one RESULT `value`.
     *
     * @param schedule and {@code arguments}: what the text means, for `describe`
     * @param length how long it lasts; the last segment's is `rest`
     * @param durations what `duration.i` stands for
     */
    public record Segment(
            String text,
            String schedule,
            List<ModelSpec.Argument> arguments,
            Program value,
            Duration length,
            List<Duration> durations,
            Span span) {}
}
