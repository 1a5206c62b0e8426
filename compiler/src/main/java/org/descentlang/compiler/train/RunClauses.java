package org.descentlang.compiler.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.TrainClause;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.lower.Overrides;
import org.descentlang.compiler.model.DeviceSpec;
import org.descentlang.compiler.model.TrainingSpec.Default;
import org.descentlang.compiler.source.Span;
import org.descentlang.description.Duration;
import org.descentlang.description.TrainingDescription.ShuffleOrder;

/** The clauses of `train` that are only numbers and words: how long, in which portions, from which seed. */
final class RunClauses {
    /** @param size of a micro-batch; empty for `full` */
    record Batch(OptionalInt size, int accumulate) {
        /** Examples in one update, if that is a number. */
        OptionalLong examples() {
            return size.isPresent() ? OptionalLong.of((long) size.getAsInt() * accumulate) : OptionalLong.empty();
        }
    }

    /**
     * How a run goes.
     *
     * @param defaults what was not written and is in force all the same
     */
    record Course(
            Duration length,
            Batch batch,
            ShuffleOrder shuffle,
            long seed,
            DeviceSpec device,
            boolean skipNonfinite,
            List<Default> defaults) {}

    private final Clauses clauses;
    private final Durations durations;
    private final Constants constants;
    private final Overrides overrides;
    private final List<Default> defaults = new ArrayList<>();

    RunClauses(Clauses clauses, Durations durations, Constants constants, Overrides overrides) {
        this.clauses = clauses;
        this.durations = durations;
        this.constants = constants;
        this.overrides = overrides;
    }

    /** @param examples whether there are any to take batches of */
    Optional<Course> course(boolean examples) {
        Optional<Duration> length = length();
        Optional<Batch> batch = batch(examples);
        ShuffleOrder shuffle = examples ? shuffle() : ShuffleOrder.NONE;
        if (clauses.all(TrainClause.Keep.class).isEmpty()) {
            defaults.add(new Default("keep", "the last step"));
        }
        long seed = seed();
        DeviceSpec device = device();
        boolean skipNonfinite = skipNonfinite();
        unsupported();
        return length.isPresent() && batch.isPresent()
                ? Optional.of(new Course(
                        length.get(), batch.get(), shuffle, seed, device, skipNonfinite, List.copyOf(defaults)))
                : Optional.empty();
    }

    /** `epochs 40` or `steps 2000`: one of them. Either may stand in for the other, if it is given from outside. */
    private Optional<Duration> length() {
        var epochs = clauses.optional(TrainClause.Epochs.class);
        var steps = clauses.optional(TrainClause.Steps.class);
        if (epochs.isPresent() && steps.isPresent()) {
            constants.report(Problem.at(
                            steps.get().keyword(), Code.CONFLICTING_CLAUSES, "a run has `epochs` or `steps`, not both")
                    .also(epochs.get().keyword(), "the length is already given here"));
        }
        if (epochs.isEmpty() && steps.isEmpty()) {
            clauses.missing("a length", "epochs 10` or `steps 1000");
            return Optional.empty();
        }
        Optional<Expression> ofEpochs = number(epochs.map(TrainClause.Epochs::count), "epochs");
        Optional<Expression> ofSteps = number(steps.map(TrainClause.Steps::count), "steps");
        Optional<Span> setEpochs = overrides.place("epochs");
        Optional<Span> setSteps = overrides.place("steps");
        if (setEpochs.isPresent() && setSteps.isPresent()) {
            constants.report(
                    Problem.at(setSteps.get(), Code.CONFLICTING_CLAUSES, "a run has `epochs` or `steps`, not both")
                            .also(setEpochs.get(), "the length is already given here"));
        }
        boolean inSteps = setSteps.isPresent() || setEpochs.isEmpty() && epochs.isEmpty();
        return inSteps
                ? ofSteps.flatMap(count -> length(count, "steps", Duration.Unit.STEPS))
                : ofEpochs.flatMap(count -> length(count, "epochs", Duration.Unit.EPOCHS));
    }

    private Optional<Duration> length(Expression count, String clause, Duration.Unit unit) {
        OptionalLong number = constants.whole(count, "`" + clause + "`", 1, Long.MAX_VALUE);
        return number.isPresent() ? Optional.of(new Duration(number.getAsLong(), unit)) : Optional.empty();
    }

    private Optional<Batch> batch(boolean examples) {
        var clause = clauses.optional(TrainClause.Batch.class);
        if (clause.isEmpty()) {
            if (examples) {
                clauses.missing("`batch`", "batch 64` or `batch full");
            }
            return examples ? Optional.empty() : Optional.of(new Batch(OptionalInt.of(1), 1));
        }
        OptionalInt accumulate = number(clause.get().accumulate(), "accumulate")
                .map(number -> count(number, "accumulate"))
                .orElse(OptionalInt.of(1));
        if (clause.get().size().isEmpty()) {
            return accumulate.isPresent()
                    ? Optional.of(new Batch(OptionalInt.empty(), accumulate.getAsInt()))
                    : Optional.empty();
        }
        OptionalInt size = count(clause.get().size().get(), "batch");
        return size.isPresent() && accumulate.isPresent()
                ? Optional.of(new Batch(size, accumulate.getAsInt()))
                : Optional.empty();
    }

    private OptionalInt count(Expression expression, String clause) {
        OptionalLong number = whole(expression, clause, 1, Integer.MAX_VALUE);
        return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
    }

    private OptionalLong whole(Expression written, String clause, long least, long most) {
        Expression number = number(Optional.of(written), clause).orElse(written);
        return constants.whole(number, "`" + clause + "`", least, most);
    }

    /** The number of the file, or the one that was given in its place. */
    private Optional<Expression> number(Optional<Expression> written, String clause) {
        OptionalDouble given = overrides.value(clause);
        return overrides
                .place(clause)
                .<Expression>map(place -> new Expression.Number(given.orElseThrow(), false, place))
                .or(() -> written);
    }

    private ShuffleOrder shuffle() {
        return clauses.optional(TrainClause.Shuffle.class)
                .map(TrainClause.Shuffle::order)
                .orElseGet(() -> byDefault("shuffle", "every epoch", ShuffleOrder.EVERY_EPOCH));
    }

    private long seed() {
        var number = number(clauses.optional(TrainClause.Seed.class).map(TrainClause.Seed::value), "seed");
        return number.isPresent()
                ? whole(number.get(), "seed", 0, Long.MAX_VALUE).orElse(0)
                : byDefault("seed", "0", 0L);
    }

    private boolean skipNonfinite() {
        return clauses.optional(TrainClause.OnNonfinite.class)
                .map(TrainClause.OnNonfinite::skip)
                .orElseGet(() -> byDefault("on nonfinite", "stop", false));
    }

    private DeviceSpec device() {
        var clause = clauses.optional(TrainClause.Device.class);
        return clause.isPresent()
                ? new DeviceClause(clause.get(), durations, constants).spec()
                : byDefault("device", "auto", DeviceSpec.of("auto", clauses.name()));
    }

    private void unsupported() {
        clauses.all(TrainClause.Checkpoint.class)
                .forEach(clause -> notSupported(clause, "`checkpoint` is not supported yet"));
        clauses.all(TrainClause.Average.class)
                .forEach(clause -> notSupported(clause, "`average` is not supported yet"));
    }

    private void notSupported(TrainClause clause, String title) {
        constants.report(Problem.at(clause.span(), Code.NOT_SUPPORTED, title));
    }

    private <T> T byDefault(String clause, String text, T value) {
        defaults.add(new Default(clause, text));
        return value;
    }
}
