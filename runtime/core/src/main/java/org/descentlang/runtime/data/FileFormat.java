package org.descentlang.runtime.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import org.descentlang.description.DataDescription.Field;

/**
 * A format of files. Other artifacts may have more, as services; a file of no known ending is comma-separated values.
 */
public interface FileFormat {
    /** Endings of names in lower case, as `.csv`. */
    List<String> endings();

    /** Begins to read a file. */
    PageReader open(Path file, List<Field> fields);

    /** The format of a file by its name. */
    static FileFormat of(String name) {
        String ending = name.toLowerCase(Locale.ROOT);
        for (FileFormat format : ServiceLoader.load(FileFormat.class, FileFormat.class.getClassLoader())) {
            if (format.endings().stream().anyMatch(ending::endsWith)) {
                return format;
            }
        }
        return new CsvFormat();
    }
}
