package org.descentlang.runtime.training;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A number as in `.opt` files, with an optional sign. Rejects `1d`, `0x1p3`, `.5`, `NaN`, and anything too large for a
 * double.
 */
public final class DecimalNumber {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private DecimalNumber() {}

    public static Optional<Double> of(String text) {
        return NUMBER.matcher(text).matches()
                ? Optional.of(Double.valueOf(text)).filter(Double::isFinite)
                : Optional.empty();
    }
}
