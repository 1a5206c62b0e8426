package org.descentlang.runtime.training;

import org.descentlang.description.Duration;
import org.descentlang.description.MetricReference;
import org.descentlang.description.StopCondition;
import org.descentlang.description.StopCondition.After;
import org.descentlang.description.StopCondition.And;
import org.descentlang.description.StopCondition.Compare;
import org.descentlang.description.StopCondition.Or;
import org.descentlang.description.StopCondition.Stalls;

/** A `stop when` condition that remembers what it has to: asked after every step and every evaluation. */
sealed interface StopRule {
    /** Looks at the latest values. */
    boolean holds(Measurements latest);

    /** Why it holds, in words; of an `or` the sides that hold. */
    String reason();

    /** What it remembers, below the name; nothing for a rule that looks at the latest values alone. */
    default void save(String name, RunState state) {}

    default void load(String name, RunState state) {}

    static StopRule of(StopCondition condition, RunPlan plan) {
        return switch (condition) {
            case Stalls(var metric, var duration) -> new Stall(metric, duration, plan);
            case Compare(var metric, var relation, double value) -> new Comparison(metric, relation, value);
            case After(var duration) -> new Elapsed(duration, plan);
            case And(var left, var right) -> new Both(of(left, plan), of(right, plan));
            case Or(var left, var right) -> new Either(of(left, plan), of(right, plan));
        };
    }

    /** Counts from the first measurement on, and looks when there is a new one: between them nothing can be said. */
    final class Stall implements StopRule {
        private final MetricReference metric;
        private final Duration duration;
        private final double steps;
        private final BestMeasurement best;
        private long measurements;
        private boolean stalled;
        private long bestSteps;
        private double bestSeconds;

        Stall(MetricReference metric, Duration duration, RunPlan plan) {
            this.metric = metric;
            this.duration = duration;
            best = new BestMeasurement(metric);
            steps = duration.unit() == Duration.Unit.SECONDS ? Double.POSITIVE_INFINITY : plan.steps(duration);
        }

        @Override
        public boolean holds(Measurements latest) {
            long count = latest.count(metric);
            if (count > measurements) {
                boolean first = measurements == 0;
                measurements = count;
                stalled = look(latest, first);
            }
            return stalled;
        }

        private boolean look(Measurements latest, boolean first) {
            if (best.improves(latest) || first) {
                bestSteps = latest.steps();
                bestSeconds = duration.unit() == Duration.Unit.SECONDS ? latest.seconds() : 0;
                return false;
            }
            return duration.unit() == Duration.Unit.SECONDS
                    ? latest.seconds() - bestSeconds >= duration.amount()
                    : latest.steps() - bestSteps >= steps;
        }

        @Override
        public void save(String name, RunState state) {
            best.save(name + ".best", state);
            state.put(name + ".counts", measurements, stalled ? 1 : 0, bestSteps);
            state.put(name + ".seconds", bestSeconds);
        }

        @Override
        public void load(String name, RunState state) {
            best.load(name + ".best", state);
            long[] counts = state.longs(name + ".counts", 3);
            measurements = counts[0];
            stalled = counts[1] == 1;
            bestSteps = counts[2];
            bestSeconds = state.doubles(name + ".seconds", 1)[0];
        }

        @Override
        public String reason() {
            return metric + " stalled for " + duration;
        }
    }

    record Comparison(MetricReference metric, StopCondition.Relation relation, double value) implements StopRule {
        @Override
        public boolean holds(Measurements latest) {
            double measured = latest.value(metric);
            return switch (relation) {
                case EQUAL -> measured == value;
                // NaN stands for not measured yet, which is no reason to stop.
                case NOT_EQUAL -> measured < value || measured > value;
                case LESS -> measured < value;
                case LESS_OR_EQUAL -> measured <= value;
                case GREATER -> measured > value;
                case GREATER_OR_EQUAL -> measured >= value;
            };
        }

        @Override
        public String reason() {
            return metric + " " + relation.symbol() + " " + value;
        }
    }

    record Elapsed(Duration duration, RunPlan plan) implements StopRule {
        @Override
        public boolean holds(Measurements latest) {
            return duration.unit() == Duration.Unit.SECONDS
                    ? latest.seconds() >= duration.amount()
                    : latest.steps() >= plan.steps(duration);
        }

        @Override
        public String reason() {
            return duration + " passed";
        }
    }

    record Both(StopRule left, StopRule right) implements StopRule {
        @Override
        public boolean holds(Measurements latest) {
            boolean leftHolds = left.holds(latest);
            // Both sides have to see every value.
            boolean rightHolds = right.holds(latest);
            return leftHolds && rightHolds;
        }

        @Override
        public void save(String name, RunState state) {
            left.save(name + ".left", state);
            right.save(name + ".right", state);
        }

        @Override
        public void load(String name, RunState state) {
            left.load(name + ".left", state);
            right.load(name + ".right", state);
        }

        @Override
        public String reason() {
            return left.reason() + " and " + right.reason();
        }
    }

    final class Either implements StopRule {
        private final StopRule left;
        private final StopRule right;
        private boolean leftHeld;
        private boolean rightHeld;

        Either(StopRule left, StopRule right) {
            this.left = left;
            this.right = right;
        }

        @Override
        public boolean holds(Measurements latest) {
            leftHeld = left.holds(latest);
            rightHeld = right.holds(latest);
            return leftHeld || rightHeld;
        }

        @Override
        public void save(String name, RunState state) {
            left.save(name + ".left", state);
            right.save(name + ".right", state);
        }

        @Override
        public void load(String name, RunState state) {
            left.load(name + ".left", state);
            right.load(name + ".right", state);
        }

        @Override
        public String reason() {
            if (leftHeld && rightHeld) {
                return left.reason() + " and " + right.reason();
            }
            return leftHeld ? left.reason() : right.reason();
        }
    }
}
