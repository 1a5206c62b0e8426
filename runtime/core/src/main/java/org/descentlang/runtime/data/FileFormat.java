package org.descentlang.runtime.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import org.descentlang.description.DataDescription.Field;

/**
 * A file format. Other artifacts may provide more, as services; a file with an unknown extension is read as
 * comma-separated values.
 */
public interface FileFormat {
    /** File name extensions in lower case, such as `.csv`. */
    List<String> endings();

    /**
     * Opens a file.
     *
     * @param labels the file after `labels`, which only formats that keep labels apart have
     */
    PageReader open(Path file, Optional<Path> labels, List<Field> fields);

    /** The format of a file by its name. */
    static FileFormat of(String name) {
        String ending = name.toLowerCase(Locale.ROOT);
        for (FileFormat format : ServiceLoader.load(FileFormat.class, FileFormat.class.getClassLoader())) {
            if (format.endings().stream().anyMatch(ending::endsWith)) {
                return format;
            }
        }
        FileFormat idx = new IdxFormat();
        return idx.endings().stream().anyMatch(ending::endsWith) ? idx : new CsvFormat();
    }
}
