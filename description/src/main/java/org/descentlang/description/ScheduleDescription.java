package org.descentlang.description;

import java.util.List;

/**
 * A schedule: which hyperparameters (by index) it drives and the pieces it has.
 *
 * @param text as written, for messages
 */
public record ScheduleDescription(String text, List<Integer> hyperparameters, List<Segment> segments) {
    /** @param durations which a value depends on; resolved to updates when the run starts */
    public record Segment(String text, Duration length, List<Duration> durations) {}
}
