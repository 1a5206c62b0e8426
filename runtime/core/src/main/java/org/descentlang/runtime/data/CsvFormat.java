package org.descentlang.runtime.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.descentlang.description.DataDescription.Field;

/** Comma-separated numbers (RFC 4180). A first line without any number is a header. */
final class CsvFormat implements FileFormat {
    @Override
    public List<String> endings() {
        return List.of(".csv");
    }

    @Override
    public PageReader open(Path file, Optional<Path> labels, List<Field> fields) {
        return CsvPages.open(file, fields);
    }
}
