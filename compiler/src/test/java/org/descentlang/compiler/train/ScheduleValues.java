package org.descentlang.compiler.train;

import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.model.ScheduleSpec;
import org.descentlang.compiler.model.ScheduleSpec.Segment;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.ReferenceEvaluator;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.description.Duration;

/** A schedule whose durations are in steps, by the reference evaluator. */
final class ScheduleValues {
    private ScheduleValues() {}

    /** The value for the update after {@code updates} others, in a run of {@code total}. */
    static double at(ScheduleSpec schedule, double base, double updates, double total) {
        double begin = 0;
        for (Segment segment : schedule.segments()) {
            double length = steps(segment.length(), total - begin);
            if (updates < begin + length) {
                return value(segment, base, updates - begin, total - begin);
            }
            begin += length;
        }
        throw new IllegalArgumentException(updates + " of " + total);
    }

    private static double value(Segment segment, double base, double t, double rest) {
        var inputs = new Inputs(1, 0, 0)
                .bind(Storage.SCALAR, "base", TensorValue.scalar(base))
                .bind(Storage.SCALAR, "t", TensorValue.scalar(t));
        for (int i = 0; i < segment.durations().size(); i++) {
            double steps = steps(segment.durations().get(i), rest);
            inputs.bind(Storage.SCALAR, "duration." + i, TensorValue.scalar(steps));
        }
        return ReferenceEvaluator.evaluate(segment.value(), inputs)
                .output(Output.Sink.RESULT, "value")
                .single();
    }

    private static double steps(Duration duration, double rest) {
        return switch (duration.unit()) {
            case STEPS -> duration.amount();
            case REST -> rest;
            case EPOCHS, SAMPLES, SECONDS -> throw new IllegalArgumentException(duration.toString());
        };
    }
}
