package org.descentlang.runtime.training;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.descentlang.runtime.data.Split;
import org.descentlang.runtime.training.StopReason.Condition;
import org.descentlang.runtime.training.StopReason.Finished;
import org.descentlang.runtime.training.StopReason.Interrupted;
import org.jspecify.annotations.Nullable;

/** One run, from the first step to the result. */
final class TrainingRun implements Progress {
    private final TrainingStep step;
    private final TrainingDescription description;
    private final Stepper stepper;
    private final Evaluator evaluator;
    private final Split split;
    private final RunPlan plan;
    private final StepScalars scalars;
    private final TrainingListener listener;
    private final BooleanSupplier stopRequested;

    private final Measurements measurements = new Measurements();
    private final Set<SplitName> evaluatedEachEpoch;
    private final Optional<StopRule> stopRule;
    private final BestState best;
    private final Snapshots snapshots;
    private final @Nullable TrainingState beforeStep;
    private final List<EpochReport> history = new ArrayList<>();

    private @Nullable StopReason reason;
    private long epoch;
    private long skipped;
    private double epochLoss;
    private long epochExamples;
    private double epochStarted;
    private double trainLoss = Double.NaN;

    /** @param initial the state that the step has; taken over */
    TrainingRun(
            TrainingStep step,
            Stepper stepper,
            Evaluator evaluator,
            Split split,
            RunPlan plan,
            StepScalars scalars,
            TrainingState initial,
            TrainingListener listener,
            BooleanSupplier stopRequested) {
        this.step = step;
        this.description = step.description();
        this.stepper = stepper;
        this.evaluator = evaluator;
        this.split = split;
        this.plan = plan;
        this.scalars = scalars;
        this.listener = listener;
        this.stopRequested = stopRequested;
        evaluatedEachEpoch = evaluatedEachEpoch();
        stopRule = description.stop().map(condition -> StopRule.of(condition, plan));
        best = new BestState(step, description.keep());
        snapshots = new Snapshots(step, stepper, initial);
        // A forward pass over bad values spoils running state, too.
        beforeStep = description.skipNonfinite() && description.runningCount() > 0
                ? TrainingState.allocate(description)
                : null;
    }

    TrainingResult run() {
        listener.onStart(this);
        while (reason == null) {
            trainEpoch();
        }
        return result(reason);
    }

    private void trainEpoch() {
        epoch++;
        epochLoss = 0;
        epochExamples = 0;
        epochStarted = seconds();
        long begin = stepper.steps();
        long end = Math.min(epoch * plan.stepsPerEpoch(), plan.steps());
        while (reason == null && stepper.steps() < end) {
            trainStep();
            if (stepper.steps() < end) {
                checkStopRule();
            }
        }
        if (reason instanceof StopReason.Nonfinite || stepper.steps() == begin) {
            return;
        }
        trainLoss = epochLoss / epochExamples;
        for (SplitName name : evaluatedEachEpoch) {
            measurements.measured(name, evaluator.evaluate(name.examples(split)));
        }
        report();
        checkStopRule();
        if (reason == null && stepper.steps() == plan.steps()) {
            reason = new Finished();
        }
    }

    private void trainStep() {
        if (stopRequested.getAsBoolean()) {
            reason = new Interrupted();
            return;
        }
        snapshots.keepIfDue();
        if (beforeStep != null) {
            step.save(beforeStep);
        }
        if (stepper.advance()) {
            epochLoss += stepper.loss() * stepper.examples();
            epochExamples += stepper.examples();
            measurements.stepped(stepper);
            listener.onStep(this);
        } else if (description.skipNonfinite()) {
            skipped++;
            if (beforeStep != null) {
                step.load(beforeStep);
            }
        } else {
            reason = snapshots.returnToLastFinite();
        }
    }

    private void checkStopRule() {
        if (reason == null && stopRule.isPresent() && stopRule.get().holds(measurements)) {
            reason = new Condition(stopRule.get().reason());
        }
    }

    private void report() {
        boolean isBest = best.offer(epoch, measurements);
        var report = new EpochReport(
                epoch,
                stepper.steps(),
                trainLoss,
                measurements.evaluation(SplitName.VALIDATION),
                isBest,
                seconds() - epochStarted);
        history.add(report);
        listener.onEpoch(this, report);
    }

    private TrainingResult result(StopReason why) {
        // The last update may have spoiled what no later loss could tell.
        StopReason finalReason = snapshots.stateIsFinite() ? why : snapshots.returnToLastFinite();
        best.restore();
        Optional<Evaluation> train = evaluatedEachEpoch.contains(SplitName.TRAIN)
                        || description.data().isEmpty()
                ? evaluation(SplitName.TRAIN)
                : Optional.empty();
        Optional<Evaluation> validation = evaluation(SplitName.VALIDATION);
        Optional<Evaluation> test = evaluation(SplitName.TEST);
        TrainingState state = snapshots.release();
        step.save(state);
        return new TrainingResult(
                description,
                history,
                stepper.steps(),
                skipped,
                trainLoss,
                train,
                validation,
                test,
                best.epoch(),
                finalReason,
                seconds(),
                state);
    }

    private Optional<Evaluation> evaluation(SplitName name) {
        int[] examples = name.examples(split);
        return examples.length == 0 ? Optional.empty() : Optional.of(evaluator.evaluate(examples));
    }

    /** Validation, and what the clauses `stop` and `keep` ask for. */
    private Set<SplitName> evaluatedEachEpoch() {
        Set<SplitName> names = EnumSet.noneOf(SplitName.class);
        if (split.validation().length > 0) {
            names.add(SplitName.VALIDATION);
        }
        MetricsInUse.of(description).stream()
                .filter(metric -> !metric.split().isEmpty())
                .forEach(metric -> names.add(SplitName.of(metric.split())));
        return names;
    }

    @Override
    public TrainingDescription description() {
        return description;
    }

    @Override
    public RunPlan plan() {
        return plan;
    }

    @Override
    public long steps() {
        return stepper.steps();
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public double loss() {
        return stepper.loss();
    }

    @Override
    public double[] hyperparameters() {
        return scalars.hyperparameters;
    }

    @Override
    public double examplesPerSecond() {
        return epochExamples / (seconds() - epochStarted);
    }

    @Override
    public double seconds() {
        return measurements.seconds();
    }

    @Override
    public double secondsLeft() {
        return seconds() / Math.max(1, steps()) * (plan.steps() - steps());
    }
}
