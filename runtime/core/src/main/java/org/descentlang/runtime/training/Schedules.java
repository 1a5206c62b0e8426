package org.descentlang.runtime.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.descentlang.description.Duration;
import org.descentlang.description.NumberText;
import org.descentlang.description.Range;
import org.descentlang.description.ScheduleDescription;
import org.descentlang.description.ScheduleDescription.Segment;
import org.descentlang.description.TrainingDescription;
import org.descentlang.description.TrainingDescription.HyperparameterDescription;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.UserText;

/** The schedules of a run with durations in steps: what each hyperparameter is at a step. */
final class Schedules {
    /** @param start updates made when it begins */
    private record Piece(long start, double[] durations) {}

    private record Resolved(int[] hyperparameters, List<Piece> pieces) {}

    private final TrainingDescription description;
    private final Range[] ranges;
    private final Limits limits;
    private final double[] bases;
    private final double[] next;
    private final List<Resolved> schedules = new ArrayList<>();

    /** @param bases each hyperparameter's own value */
    Schedules(TrainingDescription description, RunPlan plan, double[] bases) {
        this.description = description;
        this.bases = bases.clone();
        next = bases.clone();
        limits = new Limits(description.hyperparameters());
        ranges = description.hyperparameters().stream()
                .map(HyperparameterDescription::range)
                .toArray(Range[]::new);
        for (ScheduleDescription schedule : description.schedules()) {
            schedules.add(new Resolved(
                    schedule.hyperparameters().stream().mapToInt(i -> i).toArray(),
                    pieces(description, schedule, plan)));
        }
    }

    /**
     * Values out of their range are not taken over: {@link #mistake} names the first.
     *
     * @param done updates made so far: fewer than steps if some were skipped
     * @return whether all were in their range
     */
    boolean set(TrainingStep step, long done, double[] hyperparameters) {
        boolean inRange = true;
        for (int s = 0; s < schedules.size(); s++) {
            for (int h : schedules.get(s).hyperparameters) {
                next[h] = value(step, s, h, done);
                inRange &= ranges[h].contains(next[h]);
            }
        }
        if (!inRange || !limits.hold(next)) {
            return false;
        }
        System.arraycopy(next, 0, hyperparameters, 0, next.length);
        return true;
    }

    /** The first value out of its range and what gives it, after {@link #set}; empty if there is none. */
    String mistake(TrainingStep step, long done) {
        for (int s = 0; s < schedules.size(); s++) {
            for (int h : schedules.get(s).hyperparameters) {
                double value = value(step, s, h, done);
                if (!ranges[h].contains(value)) {
                    return "schedule `%s` gives %s the value %s, which must be %s"
                            .formatted(
                                    description.schedules().get(s).text(),
                                    description.hyperparameters().get(h).path(),
                                    NumberText.of(value),
                                    ranges[h].words());
                }
            }
        }
        return limits.mistake(next).map(mistake -> scheduled() + " " + mistake).orElse("");
    }

    /** Of limits it is not said which schedule broke them: several may have moved towards each other. */
    private String scheduled() {
        return "with schedule `%s`"
                .formatted(description.schedules().stream()
                        .map(ScheduleDescription::text)
                        .collect(Collectors.joining("` and `")));
    }

    private double value(TrainingStep step, int schedule, int hyperparameter, long done) {
        List<Piece> pieces = schedules.get(schedule).pieces;
        int at = pieceAt(pieces, done);
        Piece piece = pieces.get(at);
        return step.scheduled(schedule, at, bases[hyperparameter], (double) (done - piece.start), piece.durations);
    }

    private static int pieceAt(List<Piece> pieces, long done) {
        int at = pieces.size() - 1;
        while (pieces.get(at).start > done) {
            at--;
        }
        return at;
    }

    private static List<Piece> pieces(TrainingDescription description, ScheduleDescription schedule, RunPlan plan) {
        List<Piece> pieces = new ArrayList<>();
        double start = 0;
        for (Segment segment : schedule.segments()) {
            long first = Math.round(start);
            if (first >= plan.steps()) {
                throw UserException.in(
                        description.sourceName(),
                        "schedule `%s`: `%s` begins after %s, and the run ends after %d"
                                .formatted(
                                        schedule.text(),
                                        segment.text(),
                                        UserText.counted(first, "step"),
                                        plan.steps()));
            }
            long rest = plan.steps() - first;
            pieces.add(new Piece(first, durations(segment, plan, rest)));
            start += steps(segment.length(), plan, rest);
        }
        return pieces;
    }

    private static double[] durations(Segment segment, RunPlan plan, long rest) {
        return segment.durations().stream()
                .mapToDouble(duration -> steps(duration, plan, rest))
                .toArray();
    }

    private static double steps(Duration duration, RunPlan plan, long rest) {
        return duration.unit() == Duration.Unit.REST ? rest : plan.steps(duration);
    }
}
