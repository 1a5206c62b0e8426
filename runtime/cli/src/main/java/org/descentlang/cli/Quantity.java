package org.descentlang.cli;

import java.util.Locale;
import org.descentlang.description.NumberText;

/** Numbers as people read them; always with a point, whatever the locale. */
final class Quantity {
    private Quantity() {}

    /** `18 944`. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count).replace(',', ' ');
    }

    /** `1 example`, `18 944 examples`. */
    static String counted(long count, String noun) {
        return count(count) + " " + (count == 1 ? noun : noun + "s");
    }

    /** `74.0 KiB`. */
    static String bytes(long bytes) {
        String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
        double amount = bytes;
        int unit = 0;
        while (amount >= 1024 && unit < units.length - 1) {
            amount /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f %s", amount, units[unit]);
    }

    /** Four significant digits. */
    static String rounded(double value) {
        return NumberText.of(new java.math.BigDecimal(value, new java.math.MathContext(4)).doubleValue());
    }

    /** `1:05` or `2:01:05`. */
    static String time(double seconds) {
        long whole = Math.round(seconds);
        long hours = whole / 3600;
        String minutes =
                hours > 0 ? String.format(Locale.ROOT, "%d:%02d", hours, whole / 60 % 60) : Long.toString(whole / 60);
        return minutes + String.format(Locale.ROOT, ":%02d", whole % 60);
    }
}
