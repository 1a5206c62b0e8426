package org.descentlang.runtime.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileFailureTest {
    @Test
    void isSaidInWords() {
        assertThat(FileFailure.reason(new NoSuchFileException("x"))).isEqualTo("there is no such file");
        assertThat(FileFailure.reason(new FileAlreadyExistsException("x"))).isEqualTo("x is in the way");
        assertThat(FileFailure.reason(new AccessDeniedException("x"))).isEqualTo("access is denied to x");
        assertThat(FileFailure.reason(new FileSystemException("x", null, "File name too long")))
                .isEqualTo("File name too long");
        assertThat(FileFailure.reason(new IOException("No space left on device")))
                .isEqualTo("No space left on device");
        assertThat(FileFailure.reason(new UncheckedIOException(new AccessDeniedException("x"))))
                .isEqualTo("access is denied to x");
    }

    /** Without a message Java's exceptions are their class, or the name of a file. */
    @Test
    void neverNamesAClassOfJava() {
        var failures = List.of(
                new IOException(),
                new EOFException(),
                new ClosedChannelException(),
                new ClosedByInterruptException(),
                new NotDirectoryException("x"),
                new DirectoryNotEmptyException("x"),
                new FileSystemException("x"));
        assertThat(failures)
                .extracting(FileFailure::reason)
                .allSatisfy(reason -> assertThat(reason).contains(" ").doesNotContain("Exception", "java."));
    }
}
