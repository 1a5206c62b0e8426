package org.descentlang.compiler.model;

import java.util.Locale;

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
        String number = amount == Math.rint(amount) ? Long.toString((long) amount) : Double.toString(amount);
        return number + " " + unit.name().toLowerCase(Locale.ROOT);
    }
}
