package org.descentlang.runtime.data;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.List;
import org.descentlang.runtime.UserException;

/**
 * A line of a file of comma-separated numbers; columns are counted from 0, lines from 1.
 *
 * @param header names of the columns; empty if the file has none
 */
record CsvRow(String file, List<String> header, CsvRecord record) {
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

    /** A class number; `3.0` counts as 3. */
    int label(int column, int classes) {
        float value = number(column);
        if (value != Math.rint(value)) {
            throw mistake(column, "expected a class number, found " + quoted(text(column)));
        }
        if (value < 0 || value >= classes) {
            throw mistake(column, "expected a class from 0 to " + (classes - 1) + ", found " + quoted(text(column)));
        }
        return (int) value;
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
        return column < header.size() ? " (" + header.get(column).strip() + ")" : "";
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
        int most = 40;
        return "\"" + (text.length() <= most ? text : text.substring(0, most) + "…") + "\"";
    }
}
