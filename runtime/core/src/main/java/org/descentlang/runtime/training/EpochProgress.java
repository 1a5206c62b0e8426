package org.descentlang.runtime.training;

/** The current epoch: which one, and the mean loss of its steps while parameters change. */
final class EpochProgress implements RunPart {
    private static final String COUNTS = "epoch.counts";
    private static final String NUMBERS = "epoch.numbers";

    private final Measurements measurements;
    private long epoch;
    private boolean reported;
    private long examples;
    private double loss;
    private double started;
    private double mean = Double.NaN;
    private double firstLoss = Double.NaN;
    private long updates;

    EpochProgress(Measurements measurements) {
        this.measurements = measurements;
    }

    void begin() {
        epoch++;
        reported = false;
        examples = 0;
        loss = 0;
        started = measurements.seconds();
    }

    /** A step that was skipped counts for nothing. */
    @Override
    public void stepped(Stepper stepper) {
        if (stepper.updates() == updates) {
            return;
        }
        updates = stepper.updates();
        addLosses(stepper);
        firstLoss = updates == 1 ? stepper.loss() : firstLoss;
    }

    /** Those that became known last. */
    void addLosses(Stepper stepper) {
        loss += stepper.lossSum();
        examples += stepper.examples();
    }

    /** The mean loss is that of the epoch from now on. */
    void close() {
        mean = loss / examples;
    }

    @Override
    public void evaluated() {
        reported = true;
    }

    /** 1 for the first; 0 before it. */
    long epoch() {
        return epoch;
    }

    /** Whether its evaluations are done. */
    boolean isReported() {
        return reported;
    }

    /** Of the last epoch that was closed. */
    double mean() {
        return mean;
    }

    /** Of the first update of the run. */
    double firstLoss() {
        return firstLoss;
    }

    double seconds() {
        return measurements.seconds() - started;
    }

    double examplesPerSecond() {
        return examples / seconds();
    }

    @Override
    public void save(RunState state) {
        state.put(COUNTS, epoch, reported ? 1 : 0, examples, updates);
        state.put(NUMBERS, loss, started, mean, firstLoss);
    }

    @Override
    public void load(RunState state) {
        long[] counts = state.longs(COUNTS, 4);
        epoch = counts[0];
        reported = counts[1] == 1;
        examples = counts[2];
        updates = counts[3];
        double[] numbers = state.doubles(NUMBERS, 4);
        loss = numbers[0];
        started = numbers[1];
        mean = numbers[2];
        firstLoss = numbers[3];
    }
}
