package org.descentlang.compiler.train;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.descentlang.description.Duration;
import org.descentlang.description.Duration.Unit;

/**
 * How durations of a run compare, as far as that can be told before its data is read.
 *
 * @param total the whole run
 * @param examples in one update, if the batch is a number
 */
record Timeline(Duration total, OptionalLong examples) {
    /**
     * The duration in the unit of the whole run; samples are at least so many steps, as the last of an epoch may be
     * smaller.
     */
    OptionalDouble ofRun(Duration duration) {
        return duration.unit() == total.unit() ? OptionalDouble.of(duration.amount()) : steps(duration, total.unit());
    }

    /** The duration in updates; `rest` is what is left after {@code elapsed} updates. */
    OptionalDouble steps(Duration duration, double elapsed) {
        if (duration.unit() == Unit.REST) {
            OptionalDouble all = steps(total, Unit.STEPS);
            return all.isPresent() ? OptionalDouble.of(all.getAsDouble() - elapsed) : all;
        }
        return steps(duration, Unit.STEPS);
    }

    private OptionalDouble steps(Duration duration, Unit wanted) {
        boolean countable = duration.unit() == Unit.SAMPLES && examples.isPresent();
        if (wanted == Unit.STEPS && duration.unit() == Unit.STEPS) {
            return OptionalDouble.of(duration.amount());
        }
        return wanted == Unit.STEPS && countable
                ? OptionalDouble.of(duration.amount() / examples.getAsLong())
                : OptionalDouble.empty();
    }
}
