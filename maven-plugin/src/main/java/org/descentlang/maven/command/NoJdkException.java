package org.descentlang.maven.command;

/** No Java on this machine can run the `descent` command; the message says what was looked at and what to do. */
public final class NoJdkException extends Exception {
    private static final long serialVersionUID = 1;

    NoJdkException(String message) {
        super(message);
    }
}
