package org.descentlang.compiler.diagnostic;

import java.util.Arrays;

/**
 * A source line as a terminal shows it: tabs are blanks up to the next multiple of four, characters that a terminal
 * would obey or hide are replaced, and every character's column is known, wide and combining ones included.
 */
final class DisplayLine {
    private static final int TAB = 4;
    private static final char REPLACEMENT = '\uFFFD';

    private final String text;
    /** The 0-based display column of each character of the source line, and of its end. */
    private final int[] columns;

    private DisplayLine(String text, int[] columns) {
        this.text = text;
        this.columns = columns;
    }

    static DisplayLine of(String line) {
        var text = new StringBuilder();
        int[] columns = new int[line.length() + 1];
        int column = 0;
        for (int i = 0; i < line.length(); ) {
            int codePoint = line.codePointAt(i);
            int next = i + Character.charCount(codePoint);
            Arrays.fill(columns, i, next, column);
            if (codePoint == '\t') {
                int width = TAB - column % TAB;
                text.repeat(' ', width);
                column += width;
            } else if (isUnsafe(codePoint)) {
                text.append(REPLACEMENT);
                column++;
            } else {
                text.appendCodePoint(codePoint);
                column += width(codePoint);
            }
            i = next;
        }
        columns[line.length()] = column;
        return new DisplayLine(text.toString(), columns);
    }

    String text() {
        return text;
    }

    int width() {
        return columns[columns.length - 1];
    }

    /** The display column of the character at {@code offset} of the source line; beyond its end, of blanks after it. */
    int column(int offset) {
        int last = columns.length - 1;
        return offset <= last ? columns[offset] : columns[last] + offset - last;
    }

    /** The part of the text between two display columns. */
    String slice(int from, int to) {
        var part = new StringBuilder();
        int column = 0;
        for (int codePoint : text.codePoints().toArray()) {
            if (column >= from && column + width(codePoint) <= to) {
                part.appendCodePoint(codePoint);
            }
            column += width(codePoint);
        }
        return part.toString();
    }

    /** Control and formatting characters: line feeds, terminal escapes, reversed writing. */
    private static boolean isUnsafe(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static int width(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return isWide(codePoint) ? 2 : 1;
    }

    /** Characters of two columns: the large blocks of Unicode's EastAsianWidth.txt with W or F. */
    private static boolean isWide(int codePoint) {
        return between(codePoint, 0x1100, 0x115F)
                || between(codePoint, 0x2E80, 0x303E)
                || between(codePoint, 0x3041, 0xA4CF)
                || between(codePoint, 0xAC00, 0xD7A3)
                || between(codePoint, 0xF900, 0xFAFF)
                || between(codePoint, 0xFE30, 0xFE6F)
                || between(codePoint, 0xFF00, 0xFF60)
                || between(codePoint, 0xFFE0, 0xFFE6)
                || between(codePoint, 0x1F300, 0x1F64F)
                || between(codePoint, 0x1F900, 0x1F9FF)
                || between(codePoint, 0x20000, 0x3FFFD);
    }

    private static boolean between(int codePoint, int low, int high) {
        return codePoint >= low && codePoint <= high;
    }
}
