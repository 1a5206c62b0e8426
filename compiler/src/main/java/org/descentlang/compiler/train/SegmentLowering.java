package org.descentlang.compiler.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.lower.Budget;
import org.descentlang.compiler.lower.Elaboration;
import org.descentlang.compiler.lower.ExpressionLowering;
import org.descentlang.compiler.lower.Place;
import org.descentlang.compiler.lower.Scope;
import org.descentlang.compiler.lower.Value;
import org.descentlang.compiler.model.ScheduleSpec.Segment;
import org.descentlang.compiler.type.TensorType;
import org.descentlang.description.Duration;

/** The program of one piece of a schedule: scalars only. */
final class SegmentLowering {
    private final ExpressionLowering lowering;
    private final Elaboration elaboration;
    private final List<Duration> durations = new ArrayList<>();

    SegmentLowering(Elaboration elaboration) {
        this.elaboration = elaboration;
        this.lowering = new ExpressionLowering(elaboration);
    }

    /**
     * The last of {@code uses}, which come one after another.
     *
     * @param length how long it is in force: after its own end the last piece of a schedule keeps its value
     */
    Optional<Segment> lower(List<SegmentUse> uses, Duration length) {
        SegmentUse use = uses.getLast();
        Value base = scalar("base");
        Value t = scalar("t");
        Value value = value(use, base, t, uses.size() == 1 ? base : Value.FAILURE);
        if (value instanceof Value.Failure && uses.size() > 1) {
            value = value(use, base, t, end(uses.subList(0, uses.size() - 1), base));
        }
        Optional<Value.Tensor> result = result(value, use);
        result.ifPresent(tensor -> elaboration.builder().output(Output.Sink.RESULT, "value", tensor.id()));
        return result.filter(_ -> pay(use))
                .map(_ -> new Segment(
                        use.text(),
                        use.definition().name().text(),
                        use.described(),
                        elaboration.builder().build(),
                        length,
                        List.copyOf(durations),
                        use.span()));
    }

    /** Where its ends are computed, at compile time, every element of every value is. */
    private boolean pay(SegmentUse use) {
        long elements = elaboration.builder().build().instructions().stream()
                .map(instruction -> instruction.type().shape().count())
                .mapToLong(count -> count.isFixed() ? count.fixed() : Budget.STEPS)
                .sum();
        return elaboration.spend(elements, use.span());
    }

    /** The value that the last of these ends with: where `start` of the next one is. */
    private Value end(List<SegmentUse> uses, Value base) {
        Value start = uses.size() == 1 ? base : end(uses.subList(0, uses.size() - 1), base);
        return value(uses.getLast(), base, updates(uses.getLast().length()), start);
    }

    private Value value(SegmentUse use, Value base, Value t, Value start) {
        Scope scope = elaboration.scope(new Place(""));
        use.arguments().forEach((name, given) -> scope.bind(name, inUpdates(given.value())));
        scope.bind("base", base);
        scope.bind("t", t);
        scope.bind("start", start);
        return lowering.body(use.definition(), use.span(), scope);
    }

    private Optional<Value.Tensor> result(Value value, SegmentUse use) {
        Optional<Value.Tensor> tensor = lowering.tensor(value, use.call());
        if (tensor.isPresent() && !tensor.get().type().equals(TensorType.SCALAR)) {
            elaboration.report(Problem.at(
                    use.span(),
                    Code.WRONG_VALUE,
                    "a schedule must be a number, but this is " + tensor.get().type()));
            return Optional.empty();
        }
        return tensor;
    }

    /** Durations become numbers of updates, which the start of the run settles. */
    private Value inUpdates(Value value) {
        return switch (value) {
            case Value.Length(var duration) -> updates(duration);
            case Value.Array(var elements) ->
                new Value.Array(elements.stream().map(this::inUpdates).toList());
            default -> value;
        };
    }

    private Value updates(Duration duration) {
        if (!durations.contains(duration)) {
            durations.add(duration);
        }
        return scalar("duration." + durations.indexOf(duration));
    }

    private Value scalar(String name) {
        return Value.Tensor.of(elaboration.read(Op.Storage.SCALAR, name, TensorType.SCALAR), TensorType.SCALAR);
    }
}
