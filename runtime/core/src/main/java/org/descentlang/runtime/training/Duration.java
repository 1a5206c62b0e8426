package org.descentlang.runtime.training;

import java.util.Locale;

/** A length of training: {@code amount} updates, epochs, examples, seconds, or the rest of the run. */
public record Duration(double amount, Unit unit) {
    public enum Unit {
        STEPS,
        EPOCHS,
        SAMPLES,
        SECONDS,
        REST
    }

    /** `6 epochs`, as it is written. */
    @Override
    public String toString() {
        String name = unit.name().toLowerCase(Locale.ROOT);
        if (unit == Unit.REST) {
            return name;
        }
        boolean whole = amount == Math.rint(amount) && Math.abs(amount) < 1e15;
        return (whole ? String.valueOf((long) amount) : String.valueOf(amount)) + " " + name;
    }
}
