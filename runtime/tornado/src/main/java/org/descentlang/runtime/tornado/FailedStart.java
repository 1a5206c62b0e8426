package org.descentlang.runtime.tornado;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.descentlang.runtime.UserException;

/**
 * What it means that TornadoVM's classes cannot be initialised. It tells what went wrong by exceptions, of which later
 * calls repeat but the text.
 */
final class FailedStart {
    private final LinkageError error;
    private final Throwable root;

    FailedStart(LinkageError error) {
        this.error = error;
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        this.root = cause;
    }

    /**
     * Returns where a backend works and finds nothing to run on.
     *
     * @throws UserException if TornadoVM was not found or not whole
     */
    void requireNoDevice() {
        String text = root.toString();
        if (root instanceof NoClassDefFoundError) {
            throw withoutTornado();
        }
        if (text.contains("TornadoBailoutRuntimeException")) {
            return;
        }
        if (text.contains("TornadoRuntimeException")) {
            throw new UserException("TornadoVM does not start: " + words(text) + libraries()
                    + "; see docs/tornadovm.md, or unset TORNADOVM_HOME to do without it");
        }
        throw error;
    }

    static UserException withoutTornado() {
        return new UserException(
                "this JVM runs without TornadoVM: start it with java @$TORNADOVM_HOME/tornado-argfile");
    }

    private static String words(String text) {
        return text.replaceFirst(".*TornadoRuntimeException: ", "")
                .replaceFirst("^\\[ERROR] ", "")
                .replaceFirst(" \\[in thread .*", "");
    }

    /**
     * TornadoVM says that a library was not found, also where what is missing is another that it needs, such as a
     * driver's.
     */
    private static String libraries() {
        String folders = System.getProperty("java.library.path", "");
        var found = Stream.of(folders.split(File.pathSeparator, -1))
                .flatMap(folder -> ofTornado(Path.of(folder)).stream())
                .toList();
        if (found.isEmpty()) {
            return " (there is none of TornadoVM's in " + folders + ")";
        }
        return found.stream()
                .flatMap(library -> flaw(library).stream())
                .findFirst()
                .map(flaw -> " (" + flaw + ")")
                .orElse("");
    }

    private static List<Path> ofTornado(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().contains("tornado-"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    @SuppressWarnings("restricted")
    private static Optional<String> flaw(Path library) {
        try {
            System.load(library.toAbsolutePath().toString());
            return Optional.empty();
        } catch (UnsatisfiedLinkError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
