package org.descentlang.runtime.training;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.descentlang.description.Duration;
import org.descentlang.description.MetricReference;
import org.descentlang.description.NumberText;
import org.descentlang.description.TrainingDescription;
import org.descentlang.description.TrainingDescription.HyperparameterDescription;
import org.descentlang.description.TrainingDescription.StateDescription;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.data.DataFolders;
import org.descentlang.runtime.data.DataLoader;
import org.descentlang.runtime.data.DataSet;
import org.descentlang.runtime.data.Split;
import org.descentlang.runtime.model.Initialization;
import org.descentlang.runtime.thread.Team;

/**
 * Trains what a {@link TrainingProgram} describes. Anything that is not set is taken from the `.opt` file; by default,
 * all cores are used, and data is looked for in the working directory.
 */
public final class Trainer {
    /** All whole numbers up to here are doubles. */
    private static final double LARGEST_WHOLE = 0x1p53;

    /** More threads than any machine has cores for would only wait. */
    private static final int MOST_THREADS = 1024;

    private static final DataSet NO_DATA = new DataSet("nothing", 1, List.of());

    private final TrainingProgram program;
    private final TrainingDescription description;
    private final Map<String, Double> settings = new LinkedHashMap<>();
    private long seed;
    private Duration length;
    private int threads = Runtime.getRuntime().availableProcessors();
    private DataFolders folders = DataFolders.of(Path.of(""));
    private UpdateProcedure procedure = new FirstOrder();
    private Optional<RunState> start = Optional.empty();
    private volatile boolean stopRequested;

    public Trainer(TrainingProgram program) {
        this.program = program;
        description = program.description();
        seed = description.seed();
        length = description.length();
    }

    public Trainer seed(long value) {
        seed = value;
        return this;
    }

    /** Sets the number of threads; the results are the same bits for any number. */
    public Trainer threads(int value) {
        if (value < 1) {
            throw new UserException("Training needs at least 1 thread, not " + value);
        }
        if (value > MOST_THREADS) {
            throw new UserException("Training uses at most " + MOST_THREADS + " threads, not " + value);
        }
        threads = value;
        return this;
    }

    /** Sets the folders in which relative data paths are looked for. */
    public Trainer folders(DataFolders value) {
        folders = value;
        return this;
    }

    /** Replaces the `epochs` or `steps` of the `.opt` file. */
    public Trainer length(Duration value) {
        length = value;
        return this;
    }

    /**
     * Continues a run of the same training from a saved state, with its seed and its hyperparameters; settings made
     * after this call override them. The data must be the same.
     *
     * @throws UserException if the state belongs to another training
     */
    public Trainer resume(RunState state) {
        RunIdentity.check(description, state);
        seed = RunIdentity.seed(state);
        double[] values = RunIdentity.hyperparameters(description, state);
        for (int i = 0; i < values.length; i++) {
            setHyperparameter(description.hyperparameters().get(i).path(), values[i]);
        }
        start = Optional.of(state);
        return this;
    }

    /** Replaces the usual step, which is the gradient and then the update rule. */
    public Trainer procedure(UpdateProcedure value) {
        procedure = value;
        return this;
    }

    /**
     * Replaces a number of the file; a schedule scales the new value as it would the one in the file.
     *
     * <p>Requirements that compare two hyperparameters are checked when the training begins, because the other one may
     * still be set.
     *
     * @param path a hyperparameter, `optimizer.lr`; or `epochs`, `steps`, `seed`
     * @throws UserException if there is no such number, or if it must not have this value
     */
    public Trainer set(String path, double value) {
        return switch (path) {
            case "epochs" -> length(new Duration(count(path, value), Duration.Unit.EPOCHS));
            case "steps" -> length(new Duration(count(path, value), Duration.Unit.STEPS));
            case "seed" -> seed(whole(path, value));
            default -> setHyperparameter(path, value);
        };
    }

    private static long count(String path, double value) {
        long count = whole(path, value);
        if (count < 1) {
            throw new UserException(path + " must be 1 or more, not " + count);
        }
        return count;
    }

    private static long whole(String path, double value) {
        if (Math.rint(value) != value || Math.abs(value) > LARGEST_WHOLE) {
            throw new UserException(path + " must be a whole number, not " + NumberText.of(value));
        }
        return (long) value;
    }

    private Trainer setHyperparameter(String path, double value) {
        HyperparameterDescription known = hyperparameter(path);
        if (!known.range().contains(value)) {
            throw new UserException(
                    "%s must be %s, not %s".formatted(path, known.range().words(), NumberText.of(value)));
        }
        settings.put(path, value);
        return this;
    }

    private HyperparameterDescription hyperparameter(String path) {
        return description.hyperparameters().stream()
                .filter(known -> known.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new UserException(unknown(path)));
    }

    private String unknown(String path) {
        if (path.equals("batch") || path.equals("accumulate") || path.startsWith("model.")) {
            return path + " is fixed at compile time: set it in the file, or with --set when `descent` compiles it";
        }
        String all = Stream.concat(
                        description.hyperparameters().stream().map(HyperparameterDescription::path),
                        Stream.of("epochs", "steps", "seed"))
                .collect(Collectors.joining(", "));
        return "%s has no number %s to set: it has %s".formatted(description.name(), path, all);
    }

    /** Ends the run after the current step, or right after its start. May be called from any thread. */
    public void requestStop() {
        stopRequested = true;
    }

    /** Like {@link #train(TrainingListener)}, without a listener. */
    public TrainingResult train() {
        return train(TrainingListener.silent());
    }

    /**
     * Trains to the end, or until a clause of the file stops it.
     *
     * @throws UserException for mistakes in the data or in what was set
     * @throws TrainingFailedException if a value became infinite or NaN; with `on nonfinite skip`, if no step was good
     *     or an update led to parameters that are not finite. It contains the result
     */
    public TrainingResult train(TrainingListener listener) {
        StepScalars scalars = scalars();
        DataSet data = description
                .data()
                .map(source -> DataLoader.load(source, folders))
                .orElse(NO_DATA);
        Split split = split(data);
        RunPlan plan = RunPlan.of(description, length, split.train().length);
        var identity = new RunIdentity(description, plan, seed, scalars.hyperparameters.clone());
        start.ifPresent(identity::checkPlan);
        Schedules schedules = new Schedules(description, plan, scalars.hyperparameters);
        try (Team team = Team.of(threads);
                TrainingStep step = program.open(plan.rows(), team)) {
            var batches = new Batches(data, step.description().fields(), step);
            var order = new ExampleOrder(split.train(), description.shuffle(), seed);
            var stepper = new Stepper(step, plan, schedules, order, batches, procedure, scalars, needsNorm());
            var evaluator = new Evaluator(step, program.formula(), batches, scalars, plan.rows());
            var run = new TrainingRun(
                    step,
                    stepper,
                    evaluator,
                    split,
                    plan,
                    scalars,
                    identity,
                    this::initialState,
                    listener,
                    () -> stopRequested);
            return checked(run.run(start));
        }
    }

    private static TrainingResult checked(TrainingResult result) {
        if (result.reason().isFailure()) {
            throw new TrainingFailedException(result);
        }
        return result;
    }

    /** Fails where a clause looks at a split that the data does not have. */
    private Split split(DataSet data) {
        Split split = description
                .data()
                .map(source -> Split.of(source, data.files()))
                .orElse(new Split(new int[1], new int[0], new int[0]));
        for (MetricReference metric : MetricsInUse.of(description)) {
            if (!metric.split().isEmpty() && SplitName.of(metric.split()).examples(split).length == 0) {
                throw UserException.in(
                        description.sourceName(),
                        "%s needs %s, but its data has no %s split"
                                .formatted(description.name(), metric, metric.split()));
            }
        }
        if (split.train().length == 0) {
            throw UserException.in(description.sourceName(), description.name() + " has no examples to train on");
        }
        return split;
    }

    private StepScalars scalars() {
        var scalars = new StepScalars(description.hyperparameters().stream()
                .mapToDouble(parameter -> settings.getOrDefault(parameter.path(), parameter.value()))
                .toArray());
        scalars.seed = seed;
        new Limits(description.hyperparameters())
                .mistake(scalars.hyperparameters)
                .ifPresent(mistake -> {
                    throw new UserException(mistake);
                });
        return scalars;
    }

    private TrainingState initialState() {
        TrainingState state = TrainingState.allocate(description);
        Initialization.fill(description.parameters(), seed, state.parameters());
        Initialization.fillRunning(description.running(), state.running());
        for (StateDescription rule : description.states()) {
            Arrays.fill(state.states(), rule.offset(), rule.offset() + rule.count(), rule.initial());
        }
        return state;
    }

    private boolean needsNorm() {
        return MetricsInUse.of(description).stream()
                .anyMatch(metric -> metric.split().isEmpty() && metric.metric().equals("gradient_norm"));
    }
}
