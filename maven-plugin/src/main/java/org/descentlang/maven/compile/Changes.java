package org.descentlang.maven.compile;

import java.nio.file.Path;
import java.util.List;

/**
 * Files of the output directory, relative to it, that a compilation wrote or removed; those that stayed equal are not
 * listed.
 */
public record Changes(List<Path> written, List<Path> removed) {
    public Changes {
        written = List.copyOf(written);
        removed = List.copyOf(removed);
    }

    public boolean isEmpty() {
        return written.isEmpty() && removed.isEmpty();
    }
}
