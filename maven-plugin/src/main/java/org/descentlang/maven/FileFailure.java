package org.descentlang.maven;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Why a file could not be read or written, in words for people: Java's own are often the name of a file and no more.
 */
final class FileFailure {
    private FileFailure() {}

    static String reason(IOException failure) {
        return failure instanceof FileSystemException known ? known.getFile() + ": " + reason(known) : message(failure);
    }

    private static String reason(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "access is denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "it is in the way";
        }
        if (failure instanceof NotDirectoryException) {
            return "it is not a folder";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return "it is not empty";
        }
        String reason = failure.getReason();
        return reason == null ? "the system gives no reason" : reason;
    }

    private static String message(IOException failure) {
        String message = failure.getMessage();
        return message == null ? "the system gives no reason" : message;
    }
}
