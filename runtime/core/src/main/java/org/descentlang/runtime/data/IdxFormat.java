package org.descentlang.runtime.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.descentlang.description.DataDescription.Field;

/** Images and their labels in two files, as MNIST has them; each may be compressed by gzip. */
final class IdxFormat implements FileFormat {
    @Override
    public List<String> endings() {
        return List.of("-ubyte", "-ubyte.gz", ".idx", ".idx.gz");
    }

    @Override
    public PageReader open(Path file, Optional<Path> labels, List<Field> fields) {
        return IdxPages.open(file, labels, fields);
    }
}
