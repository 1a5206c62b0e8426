package org.descentlang.runtime;

/**
 * What messages repeat of data, files and arguments: never much of it, since a file may be read that was not meant, and
 * nothing that a terminal would obey or hide.
 */
public final class UserText {
    private static final int MOST_OF_A_CELL = 20;
    private static final int MOST_OF_A_NAME = 80;

    private UserText() {}

    /** The first 20 characters of a value of the data. */
    public static String cell(String text) {
        return start(text, MOST_OF_A_CELL);
    }

    /** A name that stands in a file. */
    public static String name(String text) {
        return start(text, MOST_OF_A_NAME);
    }

    /** `1 step`, `5 steps`. */
    public static String counted(long count, String noun) {
        return count + " " + (count == 1 ? noun : noun + "s");
    }

    private static String start(String text, int most) {
        boolean whole = text.codePointCount(0, text.length()) <= most;
        return whole ? text : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
    }

    /** The text with escapes for what is not visible: <code>&#92;u001b</code>. */
    public static String visible(String text) {
        if (text.codePoints().noneMatch(UserText::isHidden)) {
            return text;
        }
        var visible = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (isHidden(character)) {
                visible.append(character > 0xffff ? "\\U%08x".formatted(character) : "\\u%04x".formatted(character));
            } else {
                visible.appendCodePoint(character);
            }
        });
        return visible.toString();
    }

    private static boolean isHidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
