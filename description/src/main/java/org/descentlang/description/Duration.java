package org.descentlang.description;

import java.util.Locale;

/** A length of training: {@code amount} updates, epochs, examples, seconds, or the rest of the run. */
public record Duration(double amount, Unit unit) {
    public static final Duration REST = new Duration(1, Unit.REST);

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
        String units = unit.name().toLowerCase(Locale.ROOT);
        if (unit == Unit.REST) {
            return units;
        }
        return NumberText.of(amount) + " " + (amount == 1 ? units.substring(0, units.length() - 1) : units);
    }
}
