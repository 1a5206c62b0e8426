package org.descentlang.compiler.parse;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What may be wrong with a number. */
final class Numbers {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern NONZERO = Pattern.compile("[0.]*[1-9].*");

    private Numbers() {}

    /** Why the text, which starts like a number, is none. */
    static String complaint(String text) {
        String shown = Wording.shown(text);
        if (text.matches("[0-9.]+[eE]")) {
            return "`" + shown + "` is not a number: digits are missing after `e`";
        }
        if (text.matches("0[xXbB].*")) {
            return "`" + shown + "` is not a number: numbers are decimal";
        }
        return text.contains("_")
                ? "`" + shown + "` is not a number: digits stand together, without `_`"
                : "`" + shown + "` is neither a number nor a name";
    }

    /** Why the number that is written cannot be represented. */
    static Optional<String> outOfRange(String text) {
        double value = value(text);
        if (Double.isInfinite(value)) {
            return Optional.of("`" + Wording.shown(text) + "` is too large for a number");
        }
        boolean vanished = value == 0
                && NUMBER.matcher(text).matches()
                && NONZERO.matcher(mantissa(text)).matches();
        return vanished ? Optional.of("`" + Wording.shown(text) + "` is too small for a number") : Optional.empty();
    }

    /** The value; 0 for what was already reported as no number. */
    static double value(String text) {
        return NUMBER.matcher(text).matches() ? Double.parseDouble(text) : 0;
    }

    private static String mantissa(String text) {
        int exponent = text.toLowerCase(Locale.ROOT).indexOf('e');
        return exponent < 0 ? text : text.substring(0, exponent);
    }
}
