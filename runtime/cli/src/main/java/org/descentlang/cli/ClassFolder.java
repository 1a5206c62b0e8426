package org.descentlang.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A folder on the class path for the classes of one run, where TornadoVM finds kernels: `-Ddescent.classes=FOLDER`. */
final class ClassFolder {
    private static final String PROPERTY = "descent.classes";

    private ClassFolder() {}

    static Optional<Path> given() {
        return Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of);
    }

    /** Whoever started this JVM made the folder for it alone. */
    static void deleteAtExit() {
        given().ifPresent(folder -> Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder))));
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
