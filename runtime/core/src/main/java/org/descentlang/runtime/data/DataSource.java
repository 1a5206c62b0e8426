package org.descentlang.runtime.data;

import java.util.List;
import java.util.Optional;
import org.descentlang.runtime.UserException;

/** Where examples come from. */
public interface DataSource {
    /**
     * Begins to read.
     *
     * @param data what each field of the pages is made from, in the order of its fields
     * @param folders where relative paths are looked for
     * @throws UserException if the source is missing or does not have what the fields want
     */
    PageReader open(DataDescription data, DataFolders folders);

    /** What a message about all of it names. */
    Optional<String> file();

    /** A file, whose format follows from its ending; by a path relative to the data folders. */
    record File(String path) implements DataSource {
        @Override
        public PageReader open(DataDescription data, DataFolders folders) {
            return FileFormat.of(path).open(folders.find(path), data.fields());
        }

        @Override
        public Optional<String> file() {
            return Optional.of(path);
        }
    }

    /** Examples made in memory, from the seed of the data and the name of each field. */
    record RandomExamples(int examples) implements DataSource {
        @Override
        public PageReader open(DataDescription data, DataFolders folders) {
            List<DataDescription.Field> fields = data.fields();
            return new RandomPages(fields, examples, data.seed().orElse(0));
        }

        @Override
        public Optional<String> file() {
            return Optional.empty();
        }
    }
}
