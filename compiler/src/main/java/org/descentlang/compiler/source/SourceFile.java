package org.descentlang.compiler.source;

import java.util.Arrays;
import java.util.Optional;

/** One `.opt` text with a name to show in messages. Lines and columns are 1-based; a column counts code points. */
public final class SourceFile {
    private final String name;
    private final String text;
    private final boolean library;
    private final Optional<String> flaw;
    private final int[] lineStarts;

    private SourceFile(String name, String text, boolean library, Optional<String> flaw) {
        this.name = name;
        this.text = text;
        this.library = library;
        this.flaw = flaw;
        this.lineStarts = lineStarts(text);
    }

    public static SourceFile of(String name, String text) {
        return new SourceFile(name, text, false, Optional.empty());
    }

    /** A file of the standard library: messages about a user's mistake never point into it. */
    public static SourceFile library(String name, String text) {
        return new SourceFile(name, text, true, Optional.empty());
    }

    /**
     * A file that cannot be read, or not to its end.
     *
     * @param text what could be read
     * @param flaw why no more
     */
    public static SourceFile unreadable(String name, String text, String flaw) {
        return new SourceFile(name, text, false, Optional.of(flaw));
    }

    public String name() {
        return name;
    }

    /**
     * For texts that are kept, which must not say where somebody's files lie: of a path from the root the file alone.
     */
    public String shortName() {
        boolean absolute = name.startsWith("/") || name.startsWith("\\") || name.matches("[A-Za-z]:.*");
        return absolute ? name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1) : name;
    }

    public String text() {
        return text;
    }

    public boolean isLibrary() {
        return library;
    }

    /** Why no more than {@link #text} could be read. */
    public Optional<String> flaw() {
        return flaw;
    }

    public int lineCount() {
        return lineStarts.length;
    }

    /** The 1-based line that holds the character at {@code offset}. */
    public int lineOf(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The 1-based column, in code points, of the character at {@code offset}. */
    public int columnOf(int offset) {
        int start = startOf(lineOf(offset));
        return text.codePointCount(start, Math.min(offset, text.length())) + 1;
    }

    /** The offset of the first character of a 1-based line. */
    public int startOf(int line) {
        return lineStarts[line - 1];
    }

    /** The text of a 1-based line, without its line end. */
    public String line(int line) {
        int start = startOf(line);
        int end = line < lineStarts.length ? lineStarts[line] : text.length();
        return text.substring(start, end).stripTrailing();
    }

    @Override
    public String toString() {
        return name;
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[16];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }
}
