package org.descentlang.runtime.data;

import java.nio.file.Path;

/** Data files in messages. */
final class FileNames {
    private FileNames() {}

    /** From the working directory, if the file lies there, so that an editor finds it. */
    static String shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return (path.startsWith(here) ? here.relativize(path) : path).toString();
    }
}
