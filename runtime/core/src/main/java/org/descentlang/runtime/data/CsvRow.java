package org.descentlang.runtime.data;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.math.BigDecimal;
import java.util.List;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.UserText;

/**
 * A line of a file of comma-separated numbers; columns are counted from 0, lines from 1.
 *
 * @param header names of the columns; empty if the file has none
 */
record CsvRow(String file, List<String> header, CsvRecord record) {
    /** Exact arithmetic on longer texts could be made to take hours. */
    private static final int LONGEST_INTEGER = 100;

    private static final BigDecimal LEAST = BigDecimal.valueOf(Integer.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Integer.MAX_VALUE);

    float number(int column) {
        String text = text(column);
        if (!looksLikeANumber(text)) {
            throw mistake(column, "expected a number, found " + quoted(text));
        }
        float value = Float.parseFloat(text);
        if (!Float.isFinite(value)) {
            throw mistake(column, "expected a finite number, found " + quoted(text));
        }
        return value;
    }

    /**
     * A class number; `3.0` counts as 3. Read exactly: no float tells 16777217 from its neighbours, or 1.99999999 from
     * 2.
     */
    int label(int column, int classes) {
        BigDecimal value = exact(column, "a class number");
        if (value.signum() < 0 || value.compareTo(BigDecimal.valueOf(classes)) >= 0) {
            throw mistake(column, "expected a class from 0 to " + (classes - 1) + ", found " + quoted(text(column)));
        }
        return value.intValueExact();
    }

    /** `3.0` counts as 3. */
    int integer(int column) {
        BigDecimal value = exact(column, "a whole number");
        if (value.compareTo(LEAST) < 0 || value.compareTo(MOST) > 0) {
            throw mistake(
                    column,
                    "expected a whole number from %d to %d, found %s"
                            .formatted(Integer.MIN_VALUE, Integer.MAX_VALUE, quoted(text(column))));
        }
        return value.intValueExact();
    }

    /** @param what is expected, for messages: any whole number */
    private BigDecimal exact(int column, String what) {
        String text = text(column);
        if (!looksLikeANumber(text)) {
            throw mistake(column, "expected a number, found " + quoted(text));
        }
        try {
            if (text.length() <= LONGEST_INTEGER) {
                BigDecimal value = new BigDecimal(text);
                if (value.stripTrailingZeros().scale() <= 0) {
                    return value;
                }
            }
        } catch (NumberFormatException e) {
            // Answered below, like what is far too long.
        }
        throw mistake(column, "expected %s, found %s".formatted(what, quoted(text)));
    }

    long line() {
        return record.getStartingLineNumber();
    }

    boolean hasNoNumber() {
        return record.getFields().stream().noneMatch(field -> looksLikeANumber(field.strip()));
    }

    UserException mistake(String message) {
        return UserException.in(file, line(), message);
    }

    UserException mistake(int column, String message) {
        return mistake("column " + column + name(column) + ": " + message);
    }

    private String text(int column) {
        return record.getField(column).strip();
    }

    private String name(int column) {
        return column < header.size() ? " (" + UserText.cell(header.get(column).strip()) + ")" : "";
    }

    /** {@link Float#parseFloat} would also take `1f` and `0x1p3`. */
    private static boolean looksLikeANumber(String text) {
        if (text.isEmpty() || !isPartOfANumber(text)) {
            return text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity");
        }
        try {
            Float.parseFloat(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isPartOfANumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eE".indexOf(c) >= 0);
    }

    private static String quoted(String text) {
        return "\"" + UserText.cell(text) + "\"";
    }
}
