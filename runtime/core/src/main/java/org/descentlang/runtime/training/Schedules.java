package org.descentlang.runtime.training;

import java.util.ArrayList;
import java.util.List;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.training.ScheduleDescription.Segment;

/** The schedules of a run with durations in steps: what each hyperparameter is at a step. */
final class Schedules {
    /** @param start updates made when it begins */
    private record Piece(long start, double[] durations) {}

    private record Resolved(int[] hyperparameters, List<Piece> pieces) {}

    private final double[] bases;
    private final List<Resolved> schedules = new ArrayList<>();

    /** @param bases each hyperparameter's own value */
    Schedules(TrainingDescription description, RunPlan plan, double[] bases) {
        this.bases = bases.clone();
        for (ScheduleDescription schedule : description.schedules()) {
            schedules.add(new Resolved(
                    schedule.hyperparameters().stream().mapToInt(i -> i).toArray(),
                    pieces(description, schedule, plan)));
        }
    }

    /** @param done updates made so far: fewer than steps if some were skipped */
    void set(TrainingStep step, long done, double[] hyperparameters) {
        for (int s = 0; s < schedules.size(); s++) {
            Resolved schedule = schedules.get(s);
            int at = pieceAt(schedule.pieces, done);
            Piece piece = schedule.pieces.get(at);
            for (int h : schedule.hyperparameters) {
                hyperparameters[h] = step.scheduled(s, at, bases[h], (double) (done - piece.start), piece.durations);
            }
        }
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
                        "schedule `%s`: `%s` begins after %d steps, and the run ends after %d"
                                .formatted(schedule.text(), segment.text(), first, plan.steps()));
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
