package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Expression.Binding;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.ast.Statement;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.compiler.ir.Loop;
import org.descentlang.compiler.ir.Loop.Slot;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;

/**
 * `scan s in x along time with h = … { … emit h }`: a turn is evaluated once, with names for its elements and for what
 * the turn before left, and becomes the body of a loop.
 */
final class Scans {
    /** What a scan comes to: the emitted elements of all turns, and the last values by name. */
    private record Scanned(List<Value.Tensor> emitted, Map<String, Value.Tensor> last) {}

    /** A sequence, and the axis that turns go along. */
    private record Sequence(Binding written, Value.Tensor tensor, int axis) {
        Dim length() {
            return tensor.type().shape().dim(axis);
        }

        Axis along() {
            return tensor.axes().get(axis);
        }
    }

    private final ExpressionLowering lowering;
    private final Elaboration elaboration;
    private final TensorBuilder build;

    Scans(ExpressionLowering lowering) {
        this.lowering = lowering;
        this.elaboration = lowering.elaboration();
        this.build = new TensorBuilder(elaboration.builder());
    }

    /** What all turns emit: a tensor, or several. */
    Value emitted(Expression.Scan scan, Scope scope) {
        return scanned(scan, scope).map(result -> emitted(scan, result)).orElse(Value.FAILURE);
    }

    /** The same, while `name.h` becomes the last value of `h`. */
    Value bound(Expression.Scan scan, Name name, Scope scope) {
        return lowering.evaluate(scan, () -> {
            Optional<Scanned> result = scanned(scan, scope);
            result.ifPresent(r -> r.last.forEach((carried, value) -> scope.bind(name + "." + carried, value)));
            return result.map(r -> emitted(scan, r)).orElse(Value.FAILURE);
        });
    }

    /** `(scan …).h`. */
    Value last(Expression.Member member, Scope scope) {
        if (!(member.target() instanceof Expression.Scan scan)) {
            return elaboration.fail(Problem.at(
                    member.name().span(), Code.SCAN_LAST, "only a `scan` has a last value `" + member.name() + "`"));
        }
        return lowering.evaluate(
                scan,
                () -> scanned(scan, scope)
                        .map(result -> last(result, member.name()))
                        .orElse(Value.FAILURE));
    }

    private Value last(Scanned result, Name name) {
        Value.Tensor last = result.last.get(name.text());
        return last != null
                ? last
                : elaboration.fail(Problem.at(
                        name.span(),
                        Code.SCAN_LAST,
                        "this scan carries no `" + name + "`"
                                + Suggestion.didYouMean(name.text(), result.last.keySet())));
    }

    private Value emitted(Expression.Scan scan, Scanned result) {
        return switch (result.emitted.size()) {
            case 0 ->
                elaboration.fail(Problem.at(scan.keywordSpan(), Code.SCAN_EMIT, "this scan emits nothing")
                        .help("write `emit …` in its body or, for a last value only, `(scan …).h`"));
            case 1 -> result.emitted.getFirst();
            default -> new Value.Tuple(List.copyOf(result.emitted));
        };
    }

    private Optional<Scanned> scanned(Expression.Scan scan, Scope scope) {
        Optional<List<Sequence>> sequences = sequences(scan, scope).filter(this::haveOneLength);
        Optional<Map<Binding, Value.Tensor>> carried = carried(scan, scope);
        return sequences.isEmpty() || carried.isEmpty() || !areDistinct(scan)
                ? Optional.empty()
                : new Turn(scan, sequences.get(), carried.get(), scope).run();
    }

    private Optional<List<Sequence>> sequences(Expression.Scan scan, Scope scope) {
        var sequences = new ArrayList<Sequence>();
        for (Binding written : scan.sequences()) {
            Optional<Value.Tensor> tensor = lowering.tensor(written.value(), scope);
            tensor.flatMap(t -> lowering.calls().reductions().axis(scan.axis(), t, scope))
                    .ifPresent(axis -> sequences.add(new Sequence(written, tensor.orElseThrow(), axis)));
        }
        return sequences.size() == scan.sequences().size() ? Optional.of(sequences) : Optional.empty();
    }

    private boolean haveOneLength(List<Sequence> sequences) {
        Sequence first = sequences.getFirst();
        if (!first.length().isFixed() || first.length().fixed() == 0) {
            elaboration.report(Problem.at(
                    first.written.value().span(),
                    Code.SCAN_LENGTH,
                    "the number of turns of a scan is known when compiling, and not 0, but axis " + first.axis
                            + " of this " + first.tensor.type() + " has " + first.length() + " elements"));
            return false;
        }
        for (Sequence other : sequences) {
            if (!other.length().equals(first.length())) {
                elaboration.report(unequal(first, other));
                return false;
            }
        }
        return true;
    }

    private static Problem unequal(Sequence first, Sequence other) {
        Problem problem = Problem.at(
                other.written.value().span(),
                Code.SCAN_LENGTH,
                "a scan goes along sequences of one length, but `" + first.written.name() + "` has " + first.length()
                        + " elements (axis " + first.axis + " of " + first.tensor.type() + ") and `"
                        + other.written.name() + "` has " + other.length() + " (axis " + other.axis + " of "
                        + other.tensor.type() + ")");
        for (Sequence sequence : List.of(first, other)) {
            Optional<org.descentlang.compiler.source.Span> written =
                    sequence.along().written();
            if (written.isPresent()) {
                problem = problem.also(written.get(), sequence.length() + " elements");
            }
        }
        return problem;
    }

    private Optional<Map<Binding, Value.Tensor>> carried(Expression.Scan scan, Scope scope) {
        var carried = new LinkedHashMap<Binding, Value.Tensor>();
        for (Binding binding : scan.carried()) {
            lowering.tensor(binding.value(), scope).ifPresent(tensor -> carried.put(binding, tensor));
        }
        return carried.size() == scan.carried().size() ? Optional.of(carried) : Optional.empty();
    }

    private boolean areDistinct(Expression.Scan scan) {
        var names = new ArrayList<String>();
        for (List<Binding> bindings : List.of(scan.sequences(), scan.carried())) {
            for (Binding binding : bindings) {
                if (names.contains(binding.name().text())) {
                    elaboration.report(Problem.at(
                            binding.name().span(),
                            Code.DUPLICATE_NAME,
                            "the scan has another `" + binding.name() + "`"));
                    return false;
                }
                names.add(binding.name().text());
            }
        }
        return true;
    }

    /** One scan while it is evaluated. */
    private final class Turn implements StatementLowering.Ports {
        private final Expression.Scan scan;
        private final List<Sequence> sequences;
        private final Map<Binding, Value.Tensor> carried;
        private final Scope inner;
        private final String name;
        private final int turns;
        private final Map<String, Value.Tensor> state;
        private final List<ScanBody.Given> given = new ArrayList<>();
        private final List<Value.Tensor> emitted = new ArrayList<>();
        private int first;
        private int emissions;
        private boolean good = true;

        Turn(Expression.Scan scan, List<Sequence> sequences, Map<Binding, Value.Tensor> carried, Scope scope) {
            this.scan = scan;
            this.sequences = sequences;
            this.carried = carried;
            this.inner = scope.inner();
            this.name = elaboration.unique("scan " + scope.place().path());
            this.turns = (int) sequences.getFirst().length().fixed();
            this.state = elaboration.running();
        }

        Optional<Scanned> run() {
            List<Value.Tensor> stacked = sequences.stream().map(this::stacked).toList();
            first = elaboration.builder().size();
            for (int i = 0; i < stacked.size(); i++) {
                element(sequences.get(i).written.name(), stacked.get(i));
            }
            carried.forEach((binding, initial) -> read(
                    Storage.CARRIED, binding.name(), initial, initial.type().shape(), initial.axes()));
            var statements =
                    new StatementLowering(lowering, lowering.calls().inlining().types(), this);
            boolean returned = elaboration.inTurns(
                    turns, () -> statements.run(scan.body(), inner).isPresent());
            List<ScanBody.Left> left = left();
            return good && !returned && keepsState() && drawsOnce() ? Optional.of(scanned(left)) : Optional.empty();
        }

        /** With the axis of the turns first. */
        private Value.Tensor stacked(Sequence sequence) {
            return build.transpose(
                    sequence.tensor,
                    Shaping.moved(sequence.axis, 0, sequence.tensor.axes().size()));
        }

        private void element(Name element, Value.Tensor stacked) {
            Shape shape = stacked.type().shape().without(0);
            read(Storage.ELEMENT, element, stacked, shape, stacked.axes().subList(1, shape.rank() + 1));
        }

        private void read(Storage storage, Name written, Value.Tensor operand, Shape shape, List<Axis> axes) {
            var slot = new Slot(storage, storage.keyword() + "_" + written);
            var type = operand.type().as(shape);
            int read = elaboration.builder().add(new Op.Read(storage, slot.name(), type));
            given.add(new ScanBody.Given(slot, read, operand.id()));
            Bound bound = storage == Storage.ELEMENT ? operand.bound() : Bound.UNKNOWN;
            inner.bind(written.text(), new Value.Tensor(read, type, axes, bound));
        }

        @Override
        public void emit(Statement.Emit emit, Scope scope) {
            emissions++;
            if (emissions == 2) {
                problem(Problem.at(emit.span(), Code.SCAN_EMIT, "a turn of a scan emits once"));
            }
            List<Expression> written =
                    emit.value() instanceof Expression.Tuple tuple ? tuple.elements() : List.of(emit.value());
            for (Expression one : written) {
                Optional<Value.Tensor> value = lowering.tensor(one, scope);
                value.ifPresent(emitted::add);
                good &= value.isPresent();
            }
        }

        private void problem(Problem problem) {
            elaboration.report(problem);
            good = false;
        }

        /** In the order in which {@link #scanned} goes through them. */
        private List<ScanBody.Left> left() {
            var left = new ArrayList<ScanBody.Left>();
            for (int i = 0; i < emitted.size(); i++) {
                left.add(new ScanBody.Left(
                        Sink.ELEMENT, "emitted_" + (i + 1), emitted.get(i).id()));
            }
            carried.forEach((binding, initial) -> next(binding, initial)
                    .ifPresent(value -> left.add(new ScanBody.Left(
                            Sink.CARRIED, Storage.CARRIED.keyword() + "_" + binding.name(), value.id()))));
            return left;
        }

        private Optional<Value.Tensor> next(Binding binding, Value.Tensor initial) {
            Value value = inner.value(binding.name().text()).orElse(Value.FAILURE);
            Optional<Value.Tensor> next =
                    lowering.elementwise().constant(value, initial.type().element());
            boolean unchanged = next.filter(tensor -> given.stream()
                            .anyMatch(one -> one.read() == tensor.id()
                                    && one.slot().name().equals(Storage.CARRIED.keyword() + "_" + binding.name())))
                    .isPresent();
            boolean fits =
                    next.filter(tensor -> tensor.type().equals(initial.type())).isPresent();
            if (unchanged) {
                problem(Problem.at(
                        binding.name().span(),
                        Code.SCAN_CARRIED,
                        "no turn changes `" + binding.name() + "`, so there is nothing to carry"));
            } else if (!fits && !Values.isFailed(value)) {
                problem(Problem.at(
                                binding.value().span(),
                                Code.SCAN_CARRIED,
                                "`" + binding.name() + "` is " + initial.type()
                                        + " when the scan starts, and after a turn "
                                        + next.map(tensor -> tensor.type().toString())
                                                .orElseGet(() -> Values.describe(value)))
                        .label("this is " + initial.type()));
            }
            good &= fits && !unchanged;
            return next;
        }

        /** Which turn's it would be is not known where a model is used. */
        private boolean keepsState() {
            for (var now : elaboration.running().entrySet()) {
                boolean read =
                        elaboration.builder().instruction(now.getValue().id()).op() instanceof Op.Read;
                if (!read && !now.getValue().equals(state.get(now.getKey()))) {
                    problem(Problem.at(
                            scan.keywordSpan(),
                            Code.SCAN_STATE,
                            "the running state `" + now.getKey() + "` changes in each turn of this scan"));
                }
            }
            return good;
        }

        /** Places in the random stream count the turns of one loop. */
        private boolean drawsOnce() {
            for (int value = first; value < elaboration.builder().size(); value++) {
                if (elaboration.builder().instruction(value).op() instanceof Op.Region inner
                        && ScanBody.isDrawn(inner)) {
                    problem(Problem.at(
                            scan.keywordSpan(),
                            Code.SCAN_RANDOM,
                            "random numbers, such as those of `dropout`, are drawn in a scan within this scan"));
                    return good;
                }
            }
            return good;
        }

        private Scanned scanned(List<ScanBody.Left> left) {
            var outer = elaboration.builder().origin();
            var body = new ScanBody(elaboration.builder(), first, name, given);
            Loop loop = body.loop(turns, scan.backwards(), left);
            elaboration.builder().at(outer);
            elaboration.moved(body::moved);
            var all = new ArrayList<Value.Tensor>();
            for (int i = 0; i < emitted.size(); i++) {
                all.add(inPlace(emitted.get(i), result(loop, left.get(i), body.operands())));
            }
            var last = new LinkedHashMap<String, Value.Tensor>();
            int at = emitted.size();
            for (var entry : carried.entrySet()) {
                Value.Tensor initial = entry.getValue();
                int id = result(loop, left.get(at++), body.operands());
                last.put(entry.getKey().name().text(), new Value.Tensor(id, initial.type(), initial.axes()));
            }
            return new Scanned(all, last);
        }

        private int result(Loop loop, ScanBody.Left left, List<Integer> operands) {
            return elaboration.builder().add(new Op.Scan(loop, left.sink(), left.name()), operands);
        }

        /** The axis of the turns where the first sequence has it or, with too few axes for that, last. */
        private Value.Tensor inPlace(Value.Tensor element, int id) {
            var axes = new ArrayList<Axis>();
            axes.add(sequences.stream().map(Sequence::along).reduce(Axis::merge).orElse(Axis.PLAIN));
            axes.addAll(element.axes());
            var stacked = new Value.Tensor(id, elaboration.builder().type(id), axes);
            int place = Math.min(sequences.getFirst().axis, element.axes().size());
            return build.transpose(stacked, Shaping.moved(0, place, axes.size()));
        }
    }
}
