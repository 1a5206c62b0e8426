package org.descentlang.runtime;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A mistake of the person who runs the training: in data, a model file, or an argument. The message is complete and
 * meant for that person: print it without a stack trace. It is safe to print: control characters are escaped. Every
 * other exception is a bug in Descent.
 */
public final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;
    private final String file;
    private final long line;

    public UserException(String message) {
        this("", message, "", 0);
    }

    private UserException(String place, String reason, String file, long line) {
        super(UserText.visible(place + reason));
        this.reason = UserText.visible(reason);
        this.file = file;
        this.line = line;
    }

    /** @param message what is wrong with the whole file; its name is put before it */
    public static UserException in(String file, String message) {
        return new UserException(file + ": ", message, file, 0);
    }

    /** @param line 1-based; the file's name and the line are put before the message */
    public static UserException in(String file, long line, String message) {
        return new UserException(file + ":" + line + ": ", message, file, line);
    }

    /** The message without its place. */
    public String reason() {
        return reason;
    }

    public Optional<String> file() {
        return file.isEmpty() ? Optional.empty() : Optional.of(file);
    }

    public OptionalLong line() {
        return line == 0 ? OptionalLong.empty() : OptionalLong.of(line);
    }
}
