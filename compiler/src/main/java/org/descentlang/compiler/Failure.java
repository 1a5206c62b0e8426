package org.descentlang.compiler;

/** What to say about an exception that is a bug in Descent. */
public final class Failure {
    private Failure() {}

    /** What was thrown and by which line of Descent: `IndexOutOfBoundsException: … (at check.Scope:41)`. */
    public static String summary(Throwable failure) {
        String message = failure.getMessage() == null ? "" : ": " + failure.getMessage();
        return failure.getClass().getSimpleName() + message + " (at " + place(failure) + ")";
    }

    private static String place(Throwable failure) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (frame.getClassName().startsWith("org.descentlang.")) {
                String name = frame.getClassName().substring("org.descentlang.".length());
                return name + ":" + frame.getLineNumber();
            }
        }
        return "an unknown place";
    }
}
