package org.descentlang.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.file.FileFailure;

/**
 * A folder on the class path for the classes of one run, where TornadoVM finds kernels: `-Ddescent.classes=FOLDER`.
 * Whoever started this JVM made it for that run alone, so that it goes when the JVM does: after all shutdown hooks,
 * since a training that is interrupted still needs its classes for the current step.
 */
record ClassFolder(Path folder) {
    private static final String PROPERTY = "descent.classes";

    static Optional<ClassFolder> given() {
        return Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of).map(ClassFolder::new);
    }

    /** With what lies in it already: the arguments of this JVM. */
    void deleteAtExit() {
        folder.toFile().deleteOnExit();
        var files = Optional.ofNullable(folder.toFile().listFiles());
        files.stream().flatMap(Arrays::stream).forEach(File::deleteOnExit);
    }

    /** @param classes by name */
    void write(Map<String, byte[]> classes) {
        classes.forEach((name, bytes) -> write(Path.of(name.replace('.', '/') + ".class"), bytes));
    }

    private void write(Path relative, byte[] bytes) {
        Path file = folder.resolve(relative);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UserException("cannot write " + file + ": " + FileFailure.reason(e));
        }
        // The JVM deletes in reverse order.
        Path path = folder;
        for (Path name : relative) {
            path = path.resolve(name);
            path.toFile().deleteOnExit();
        }
    }
}
