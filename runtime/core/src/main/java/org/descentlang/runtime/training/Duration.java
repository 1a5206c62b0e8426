package org.descentlang.runtime.training;

/** A length of training: {@code amount} updates, epochs, examples, seconds, or the rest of the run. */
public record Duration(double amount, Unit unit) {
    public enum Unit {
        STEPS,
        EPOCHS,
        SAMPLES,
        SECONDS,
        REST
    }
}
