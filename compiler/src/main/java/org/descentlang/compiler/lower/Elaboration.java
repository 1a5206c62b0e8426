package org.descentlang.compiler.lower;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Label;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.model.Hyperparameter;
import org.descentlang.compiler.names.Declarations;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.TensorType;
import org.descentlang.description.NumberText;
import org.descentlang.description.Range;

/** One program while it is built: what it is built from, where it stands and what it has read so far. */
public final class Elaboration {
    /** Uses of definitions within each other; more is a recursion without end. */
    private static final int DEEPEST_USE = 64;
    /**
     * Expressions within each other, through all uses: the stack of the compiler is finite. A file's own are at most
     * 400 deep.
     */
    private static final int DEEPEST_EXPRESSION = 600;

    private final Session session;
    private final Mode mode;
    private final ProgramBuilder builder;
    private final Registry registry;

    private final Deque<Span> uses = new ArrayDeque<>();
    private final Set<String> reported = new HashSet<>();
    private final Map<Op.Read, Integer> reads = new HashMap<>();
    private final Map<String, Value.Tensor> running = new HashMap<>();
    private final Set<String> paths = new HashSet<>();
    private final Map<String, Bound> labels = new HashMap<>();
    private final Map<String, Long> limits = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final BitSet together = new BitSet();
    private Predicate<String> frozen = layer -> false;
    private int frames;
    private int randoms;
    private int turns = 1;
    private int depth;
    private int paid;
    private boolean abandoned;

    public Elaboration(Session session, Mode mode, ProgramBuilder builder, Registry registry) {
        this.session = session;
        this.mode = mode;
        this.builder = builder;
        this.registry = registry;
    }

    public Declarations declarations() {
        return session.declarations();
    }

    public Overrides overrides() {
        return session.overrides();
    }

    public Mode mode() {
        return mode;
    }

    /** @param layers those that behave as in inference in any mode, by their path */
    public void freeze(Predicate<String> layers) {
        frozen = layers;
    }

    boolean isFrozen(String layer) {
        return frozen.test(layer);
    }

    public ProgramBuilder builder() {
        return builder;
    }

    public Registry registry() {
        return registry;
    }

    /** A scope without names; what is named in it is named below {@code place}. */
    public Scope scope(Place place) {
        return new Scope(frames++, place);
    }

    /**
     * Reports a problem where the user can do something about it: inside a library file it moves to the use, and inside
     * a user's definition the use is a second place.
     */
    public void report(Problem problem) {
        Problem shown = problem.primary().span().source().isLibrary() ? atUse(problem) : withUse(problem);
        Span place = shown.primary().span();
        boolean again = !uses.isEmpty() && !reported.add(shown.code().id() + shown.title() + uses.peek());
        if (!again && reported.add(shown.code().id() + place + place.end())) {
            session.problems().report(shown);
        }
    }

    private Problem atUse(Problem problem) {
        Optional<Span> use = uses.stream().filter(s -> !s.source().isLibrary()).findFirst();
        if (use.isEmpty()) {
            return problem;
        }
        var label = new Label(use.get(), problem.primary().text());
        var secondary = problem.secondary().stream()
                .filter(l -> !l.span().source().isLibrary())
                .toList();
        return withOuterUse(
                new Problem(problem.code(), problem.title(), label, secondary, Optional.empty()), use.get());
    }

    private Problem withUse(Problem problem) {
        return uses.isEmpty()
                ? problem
                : withOuterUse(problem, problem.primary().span());
    }

    /** Names the use that is nearest to the place and outside of it. */
    private Problem withOuterUse(Problem problem, Span inside) {
        Optional<Span> outer = uses.stream()
                .filter(s -> !s.source().isLibrary() && !s.equals(inside))
                .findFirst();
        return outer.filter(s -> !s.contains(inside))
                .map(s -> problem.also(s, "used here"))
                .orElse(problem);
    }

    /** Reports and gives the value that later uses are silent about. */
    public Value.Failure fail(Problem problem) {
        report(problem);
        return Value.FAILURE;
    }

    /** Enters the use of a definition, unless uses are too deep: then everything else fails silently. */
    public boolean enter(Span use) {
        if (uses.size() >= DEEPEST_USE) {
            abandon(Problem.at(use, Code.ENDLESS, "calls are nested more than " + DEEPEST_USE + " deep"));
        }
        if (!abandoned) {
            session.budget().repeat(use);
            uses.push(use);
        }
        return !abandoned;
    }

    public void leave() {
        uses.pop();
    }

    /** The instructions from {@code first} on reduce several tensors together. */
    void reducedTogether(int first) {
        together.set(first, builder.size());
    }

    /** Whether some tensor was reduced by itself: `norm(g)`, not `norm(all g)`. */
    public boolean reducesSingly() {
        return IntStream.range(0, builder.size())
                .filter(i -> !together.get(i))
                .anyMatch(i -> builder.instruction(i).op() instanceof Op.Reducing);
    }

    /** Enters an expression, unless that is too deep or there was too much to evaluate already. */
    boolean descend(Span span) {
        if (depth >= DEEPEST_EXPRESSION) {
            abandon(Problem.at(
                    span,
                    Code.ENDLESS,
                    "with calls inlined, expressions are nested more than " + DEEPEST_EXPRESSION + " deep"));
        }
        session.budget().spend(1);
        session.budget().spendOperations(builder.size() - paid);
        paid = builder.size();
        stopWhenSpent(span);
        abandoned |= session.problems().isFull();
        if (!abandoned) {
            depth++;
        }
        return !abandoned;
    }

    /** Enters a turn of a loop. */
    boolean turn(Span loop) {
        session.budget().repeat(loop);
        return descend(loop);
    }

    /** Pays for what evaluating costs beside its expressions: false if it is too much. */
    public boolean spend(long steps, Span place) {
        session.budget().spend(steps);
        stopWhenSpent(place);
        return !abandoned;
    }

    private void stopWhenSpent(Span place) {
        if (session.budget().isSpent() && !abandoned) {
            abandoned = true;
            session.budget().complaint(place, session.problems()).ifPresent(this::report);
        }
    }

    void ascend() {
        depth--;
    }

    private void abandon(Problem problem) {
        if (!abandoned) {
            abandoned = true;
            report(problem);
        }
    }

    /** Reads something from outside; the same thing once. */
    public int read(Op.Storage storage, String name, TensorType type) {
        return reads.computeIfAbsent(new Op.Read(storage, name, type), read -> builder.add(read));
    }

    /**
     * Registers a number that may change between steps and reads it.
     *
     * @param given an override for its path, which `--set` names, counts more than its value
     */
    public Value.Number hyperparameter(Hyperparameter given, Optional<Span> written) {
        OptionalDouble override = session.overrides().value(given.path());
        var used = new Hyperparameter(
                given.path(),
                given.name(),
                override.orElse(given.value()),
                given.defaulted() && override.isEmpty(),
                session.overrides().place(given.path()).orElse(given.span()),
                given.range());
        requireFinite(used);
        registry.add(used);
        int read = read(Op.Storage.SCALAR, used.path(), TensorType.SCALAR);
        return new Value.Number(
                used.value(),
                OptionalInt.of(read),
                session.overrides().place(used.path()).or(() -> written));
    }

    /** As a number of 32 bits, which training computes with. */
    private void requireFinite(Hyperparameter number) {
        if (!Float.isFinite((float) number.value())) {
            report(Problem.at(
                    number.span(),
                    Code.REQUIREMENT,
                    "`%s` must be a finite 32-bit number, but is %s"
                            .formatted(number.path(), NumberText.of(number.value()))));
        }
    }

    /** A hyperparameter that is handed on as it is has to be what is required there, too. */
    void require(Value.Number number, Range range) {
        path(number).ifPresent(path -> registry.require(path, range));
    }

    /** The path of a number that is a hyperparameter as it is. */
    Optional<String> path(Value.Number number) {
        return number.runtime().isPresent()
                        && builder.instruction(number.runtime().getAsInt()).op()
                                instanceof Op.Read(var storage, var path, var _)
                        && storage == Op.Storage.SCALAR
                ? Optional.of(path)
                : Optional.empty();
    }

    /** What is known of fields of the data, which are inputs too: how many classes the labels have. */
    public void labels(List<DataSpec.Field> fields) {
        for (DataSpec.Field field : fields) {
            field.classes()
                    .ifPresent(classes ->
                            labels.put(field.name(), new Bound.Between(0, classes - 1, Optional.of(field.span()))));
        }
    }

    /** What is read from a field of the data. */
    public Value.Tensor input(String name, TensorType type) {
        return input(name, type, Collections.nCopies(type.shape().rank(), Axis.PLAIN));
    }

    /** What is read from an input. */
    Value.Tensor input(String name, TensorType type, List<Axis> axes) {
        int id = read(Op.Storage.INPUT, name, type);
        Bound bound = type.element() == ElementType.I32
                ? Objects.requireNonNullElse(labels.get(name), new Bound.Input(name))
                : Bound.UNKNOWN;
        return new Value.Tensor(id, type, axes, bound);
    }

    /** An input is used as an index: all its values have to be 0 .. count - 1. */
    void requireBelow(String input, long count) {
        limits.merge(input, count, Math::min);
    }

    /** What the values of an input have to be below, if they are used as an index. */
    OptionalLong limit(String input) {
        Long limit = limits.get(input);
        return limit == null ? OptionalLong.empty() : OptionalLong.of(limit);
    }

    /** The place in the random stream of the next use. */
    int nextRandom() {
        int place = randoms;
        randoms += turns;
        return place;
    }

    /** Evaluates what happens once in each of {@code count} turns, which draw random numbers of their own. */
    <T> T inTurns(int count, Supplier<T> body) {
        int outside = turns;
        turns *= count;
        try {
            return body.get();
        } finally {
            turns = outside;
        }
    }

    /** Instructions have moved. */
    void moved(IntUnaryOperator to) {
        reads.replaceAll((_, value) -> to.applyAsInt(value));
        running.replaceAll((_, value) -> value.at(to.applyAsInt(value.id())));
        paid = builder.size();
    }

    /** Running state as it is now, by its path. */
    Map<String, Value.Tensor> running() {
        return new TreeMap<>(running);
    }

    /** The path, or the first of `path_2`, `path_3`, … that is not used in this program. */
    String unique(String path) {
        String candidate = path;
        while (!claim(candidate)) {
            candidate = path + "_" + numbers.merge(path, 2, (last, _) -> last + 1);
        }
        return candidate;
    }

    /** Whether a path is used for the first time in this program. */
    boolean claim(String path) {
        return paths.add(path);
    }

    Optional<Value.Tensor> running(String path) {
        return Optional.ofNullable(running.get(path));
    }

    /** Running state as later expressions of this step see it. */
    void running(String path, Value.Tensor value) {
        running.put(path, value);
    }

    /** Writes the new running state; unchanged state is not written. */
    public void writeRunning() {
        running.forEach((path, value) -> {
            boolean unchanged = builder.instruction(value.id()).op() instanceof Op.Read;
            if (!unchanged) {
                builder.output(Output.Sink.RUNNING, path, value.id());
            }
        });
    }
}
