package org.descentlang.runtime.file;

import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/**
 * Why a file could not be read or written, in words for people: Java's own are often the name of a file, or of a class.
 */
public final class FileFailure {
    private static final String UNKNOWN = "the system gives no reason";

    private FileFailure() {}

    /** @param failure an {@code IOException}, or an {@link UncheckedIOException} around one */
    public static String reason(Exception failure) {
        return switch (failure) {
            case UncheckedIOException wrapper -> reason(Objects.requireNonNull(wrapper.getCause()));
            case NoSuchFileException _ -> "there is no such file";
            case FileAlreadyExistsException there -> there.getFile() + " is in the way";
            case AccessDeniedException denied -> "access is denied to " + denied.getFile();
            case FileSystemException known -> Objects.requireNonNullElse(known.getReason(), UNKNOWN);
            case ClosedByInterruptException _ -> "it was interrupted";
            default -> Objects.requireNonNullElse(failure.getMessage(), UNKNOWN);
        };
    }
}
