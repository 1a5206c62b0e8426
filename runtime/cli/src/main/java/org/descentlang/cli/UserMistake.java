package org.descentlang.cli;

/** Something that the user can put right: its message is all there is to say, and the exit status is 2. */
final class UserMistake extends RuntimeException {
    private static final long serialVersionUID = 1;

    UserMistake(String message) {
        super(message, null, false, false);
    }
}
