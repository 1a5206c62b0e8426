package org.descentlang.compiler.model;

import java.util.Locale;
import org.descentlang.compiler.diagnostic.NumberText;

/** A length of training. Steps are updates; `rest` is what the whole run leaves. */
public record Duration(double amount, Unit unit) {
    public static final Duration REST = new Duration(1, Unit.REST);

    public enum Unit {
        STEPS,
        EPOCHS,
        SAMPLES,
        SECONDS,
        REST
    }

    @Override
    public String toString() {
        if (unit == Unit.REST) {
            return "rest";
        }
        String units = unit.name().toLowerCase(Locale.ROOT);
        return NumberText.of(amount) + " " + (amount == 1 ? units.substring(0, units.length() - 1) : units);
    }
}
