package org.descentlang.compiler.train;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.model.ScheduleSpec.Segment;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.ReferenceEvaluator;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.description.NumberText;

/** Whether the pieces of a schedule meet, as far as their durations are known at compile time. */
final class SegmentEnds {
    private static final double TOLERANCE = 1e-6;

    private final Timeline timeline;

    SegmentEnds(Timeline timeline) {
        this.timeline = timeline;
    }

    /** A warning for each piece that begins elsewhere than the one before it ends. */
    List<Problem> apart(List<Segment> segments, double base) {
        var problems = new ArrayList<Problem>();
        double elapsed = 0;
        for (int i = 1; i < segments.size(); i++) {
            Segment before = segments.get(i - 1);
            Segment after = segments.get(i);
            OptionalDouble length = timeline.steps(before.length(), elapsed);
            if (length.isEmpty()) {
                return problems;
            }
            OptionalDouble end = value(before, base, length.getAsDouble(), elapsed);
            elapsed += length.getAsDouble();
            OptionalDouble begin = value(after, base, 0, elapsed);
            if (end.isPresent() && begin.isPresent() && differ(end.getAsDouble(), begin.getAsDouble())) {
                problems.add(apart(before, end.getAsDouble(), after, begin.getAsDouble()));
            }
        }
        return problems;
    }

    private OptionalDouble value(Segment segment, double base, double t, double elapsed) {
        var inputs = new Inputs(1, 0, 0);
        inputs.bind(Storage.SCALAR, "base", TensorValue.scalar(base));
        inputs.bind(Storage.SCALAR, "t", TensorValue.scalar(t));
        for (int i = 0; i < segment.durations().size(); i++) {
            OptionalDouble steps = timeline.steps(segment.durations().get(i), elapsed);
            if (steps.isEmpty()) {
                return steps;
            }
            inputs.bind(Storage.SCALAR, "duration." + i, TensorValue.scalar(steps.getAsDouble()));
        }
        var results = ReferenceEvaluator.evaluate(segment.value(), inputs);
        return OptionalDouble.of(results.output(Output.Sink.RESULT, "value").single());
    }

    private static boolean differ(double a, double b) {
        return Math.abs(a - b) > TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
    }

    private static Problem apart(Segment before, double end, Segment after, double begin) {
        return Problem.at(
                        after.span(),
                        Code.SEGMENTS_APART,
                        "`%s` ends at %s, but `%s` begins at %s"
                                .formatted(before.text(), text(end), after.text(), text(begin)))
                .also(before.span(), "ends at " + text(end));
    }

    /** Short enough to read: six digits. */
    private static String text(double value) {
        return NumberText.of(Double.parseDouble("%.6g".formatted(value)));
    }
}
