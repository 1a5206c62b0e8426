package org.descentlang.maven.command;

import java.nio.file.Path;
import java.util.Optional;

/**
 * An error or a warning about what the user wrote.
 *
 * @param code empty for a mistake in data or in what was asked for
 * @param file absolute; empty where a problem has no place, such as a bad command line
 * @param line from 1, or 0 without a place
 * @param column from 1, or 0 for a whole line
 */
public record Problem(
        Severity severity, String code, String title, Optional<Path> file, int line, int column, Optional<String> help)
        implements Event {
    /** How grave a problem is. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** What is wrong, without its place: {@code D203: text}. */
    public String message() {
        return (code.isEmpty() ? "" : code + ": ")
                + title
                + help.map(text -> " (help: " + text + ")").orElse("");
    }

    /** One line that editors and build servers make a link of: {@code file:[line,column] D203: text}. */
    public String clickable() {
        return file.map(path -> path + place()).orElse("") + message();
    }

    private String place() {
        if (line == 0) {
            return ": ";
        }
        return column == 0 ? ":[" + line + "] " : ":[" + line + "," + column + "] ";
    }
}
