package org.descentlang.runtime.training;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.data.Split;
import org.descentlang.runtime.training.StopReason.Condition;
import org.descentlang.runtime.training.StopReason.Finished;
import org.descentlang.runtime.training.StopReason.Interrupted;
import org.descentlang.runtime.training.StopReason.OutOfRange;
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
    private final RunIdentity identity;
    private final TrainingListener listener;
    private final BooleanSupplier stopRequested;

    private final Measurements measurements;
    private final EpochProgress epoch;
    private final Set<SplitName> evaluatedEachEpoch;
    private final StopRules stopRules;
    private final BestState best;
    private final Snapshots snapshots;
    private final Reports reports;
    /** In the order in which they hear what happens, and go on from a state. */
    private final RunPart[] parts;

    private final InitialState initial;

    private @Nullable StopReason reason;

    /** @param initial makes the state to begin with, the same one each time */
    TrainingRun(
            TrainingStep step,
            Stepper stepper,
            Evaluator evaluator,
            Split split,
            RunPlan plan,
            StepScalars scalars,
            RunIdentity identity,
            Supplier<TrainingState> initial,
            TrainingListener listener,
            BooleanSupplier stopRequested) {
        this.step = step;
        this.description = step.description();
        this.stepper = stepper;
        this.evaluator = evaluator;
        this.split = split;
        this.plan = plan;
        this.scalars = scalars;
        this.identity = identity;
        this.listener = listener;
        this.stopRequested = stopRequested;
        evaluatedEachEpoch = evaluatedEachEpoch();
        measurements = new Measurements(description);
        epoch = new EpochProgress(measurements);
        stopRules = new StopRules(description, plan, measurements);
        best = new BestState(step, description.keep());
        reports = new Reports(description);
        TrainingState first = initial.get();
        this.initial = new InitialState(initial, first, description.trainedCount());
        step.load(first);
        snapshots = new Snapshots(step, stepper, first);
        parts = new RunPart[] {stepper, measurements, epoch, stopRules, best, snapshots, reports};
    }

    /** @param from the state of a run to go on from */
    TrainingResult run(Optional<RunState> from) {
        from.ifPresent(this::load);
        listener.onStart(this);
        if (epoch.epoch() == 0) {
            warn(step.warnings());
            description.stop().ifPresent(condition -> warn(RunWarnings.shortStalls(condition, plan)));
        } else {
            finishEpoch();
        }
        while (reason == null) {
            epoch.begin();
            trainSteps();
        }
        return result(reason);
    }

    private void load(RunState state) {
        for (RunPart part : parts) {
            part.load(state);
        }
        long steps = stepper.steps();
        if (steps > plan.steps() || steps < firstOfEpoch() || steps > lastOfEpoch() || stepper.skippedAtEnd() < 0) {
            throw new UserException("The state does not fit a run of " + description.name() + " ");
        }
    }

    /** What was left of an epoch when the state was taken: between two steps, or after its report. */
    private void finishEpoch() {
        if (epoch.isReported()) {
            afterReport();
        } else {
            afterStep();
            trainSteps();
        }
    }

    private void trainSteps() {
        while (reason == null && stepper.steps() < lastOfEpoch()) {
            trainStep();
            afterStep();
        }
        readLosses();
        if (reason instanceof StopReason.Nonfinite || stepper.steps() == firstOfEpoch()) {
            return;
        }
        epoch.close();
        if (reason instanceof Interrupted) {
            return; // who asked for the end does not wait for evaluations
        }
        for (SplitName name : evaluatedEachEpoch) {
            measurements.measured(name, evaluator.evaluate(name.examples(split)));
        }
        report();
        afterReport();
    }

    /** Steps done before the epoch. */
    private long firstOfEpoch() {
        return (epoch.epoch() - 1) * plan.stepsPerEpoch();
    }

    /** Steps done after it. */
    private long lastOfEpoch() {
        return Math.min(epoch.epoch() * plan.stepsPerEpoch(), plan.steps());
    }

    /** Conditions hear of the last step of an epoch with the evaluations that follow it. */
    private void afterStep() {
        if (stepper.steps() < lastOfEpoch()) {
            checkStopRules();
        }
    }

    private void trainStep() {
        if (stopRequested.getAsBoolean()) {
            reason = new Interrupted();
            return;
        }
        if (stepper.knowsLosses()) {
            snapshots.keepIfDue();
        }
        boolean updated = stepper.advance();
        if (!updated && !stepper.isScheduled()) {
            reason = new OutOfRange(stepper.steps() + 1, stepper.scheduleMistake());
            return;
        }
        if (!updated && (!stepper.skips() || !snapshots.stateIsFinite())) {
            // Of parameters that are not finite no later step makes good ones.
            reason = snapshots.returnToLastFinite();
            return;
        }
        for (RunPart part : parts) {
            part.stepped(stepper);
        }
        listener.onStep(this);
    }

    /** What an end before that of the epoch has left unread. */
    private void readLosses() {
        if (stepper.knowsLosses()) {
            return;
        }
        if (stepper.readLosses()) {
            epoch.addLosses(stepper);
        } else {
            reason = snapshots.returnToLastFinite();
        }
    }

    private void checkStopRules() {
        if (reason == null && stopRules.hold()) {
            reason = new Condition(stopRules.reason());
        }
    }

    private void report() {
        boolean isBest = best.offer(epoch.epoch(), measurements);
        for (RunPart part : parts) {
            part.evaluated();
        }
        var report = new EpochReport(
                epoch.epoch(),
                stepper.steps(),
                epoch.mean(),
                measurements.evaluation(SplitName.VALIDATION),
                isBest,
                epoch.seconds());
        reports.add(report);
        listener.onEpoch(this, report);
    }

    private void afterReport() {
        if (epoch.epoch() == 1 && stepper.updates() > 0) {
            warn(RunWarnings.equalUnits(description, snapshots.current()));
        }
        checkStopRules();
        if (reason == null && stepper.steps() == plan.steps()) {
            reason = new Finished();
        }
    }

    private void warn(List<String> found) {
        found.forEach(reports::warn);
        found.forEach(warning -> listener.onWarning(this, warning));
    }

    private TrainingResult result(StopReason why) {
        StopReason finalReason = finalReason(why);
        best.restore();
        TrainingState state = snapshots.release();
        step.save(state);
        listener.onTrained(this, result(finalReason, state, FinalScores.NONE));
        var scores = new FinalScores(
                evaluatesTraining(finalReason) ? evaluation(SplitName.TRAIN) : Optional.empty(),
                evaluation(SplitName.VALIDATION),
                evaluation(SplitName.TEST));
        if (!finalReason.isFailure()) {
            warnOfState(state);
            warn(scores.warnings());
            scores.train().ifPresent(train -> warnOfRise(train.loss()));
        }
        return result(finalReason, state, scores);
    }

    private TrainingResult result(StopReason finalReason, TrainingState state, FinalScores scores) {
        return new TrainingResult(
                description,
                reports.history(),
                stepper.steps(),
                stepper.skipped(),
                epoch.mean(),
                scores.train(),
                scores.validation(),
                scores.test(),
                best.epoch(),
                finalReason,
                reports.warnings(),
                seconds(),
                state);
    }

    private StopReason finalReason(StopReason why) {
        if (stepper.skips() && !(why instanceof Interrupted) && isStuck()) {
            return snapshots.whyAllWereSkipped();
        }
        // The last update may have spoiled what no later loss could tell.
        return snapshots.stateIsFinite() ? why : snapshots.returnToLastFinite();
    }

    /** Whether no batch can move the parameters any more; those that `keep best` has are not concerned. */
    private boolean isStuck() {
        if (stepper.skippedAtEnd() == 0 || best.epoch().isPresent()) {
            return false;
        }
        if (stepper.updates() == 0) {
            return true;
        }
        if (description.data().isPresent()) {
            return stepper.skippedAtEnd() >= plan.stepsPerEpoch();
        }
        // The next step of the same example may draw other random numbers.
        return !Double.isFinite(evaluator.evaluate(split.train()).loss());
    }

    /** Once at the end costs less than an epoch, which is in proportion only where there was one. */
    private boolean evaluatesTraining(StopReason finalReason) {
        boolean needed = evaluatedEachEpoch.contains(SplitName.TRAIN)
                || description.data().isEmpty();
        return needed || !(finalReason instanceof Interrupted) && stepper.steps() >= plan.stepsPerEpoch();
    }

    private void warnOfState(TrainingState state) {
        if (stepper.updates() > 0 && initial.hasParametersOf(state)) {
            warn(List.of(RunWarnings.nothingChanged(stepper.updates())));
        }
        if (description.keep().isPresent()
                && best.epoch().isEmpty()
                && !reports.history().isEmpty()) {
            warn(List.of(RunWarnings.neverBest(description.keep().get())));
        }
    }

    /**
     * The first batch may be an easy one: before anything is said, the first parameters are evaluated over all
     * examples.
     */
    private void warnOfRise(double end) {
        if (!RunWarnings.isFarAbove(end, epoch.firstLoss())) {
            return;
        }
        step.load(initial.make());
        double start = evaluator.evaluate(split.train()).loss();
        if (RunWarnings.isFarAbove(end, start)) {
            warn(List.of(RunWarnings.lossRose(start, end)));
        }
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
    public long skipped() {
        return stepper.skipped();
    }

    @Override
    public long epoch() {
        return epoch.epoch();
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
        return epoch.examplesPerSecond();
    }

    @Override
    public RunState state() {
        readLosses();
        var state = new RunState();
        identity.save(state);
        for (RunPart part : parts) {
            part.save(state);
        }
        return state;
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
