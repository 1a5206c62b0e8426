package org.descentlang.description;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where examples come from; the runtime knows how each is read. */
public sealed interface DataSource {
    /**
     * A file, and others for splits that have one of their own.
     *
     * @param examples what the shares of the split divide
     */
    record File(Paths examples, Optional<Paths> validation, Optional<Paths> test) implements DataSource {
        public File(String path) {
            this(new Paths(path, Optional.empty()), Optional.empty(), Optional.empty());
        }

        /** All of them, in the order in which their examples are numbered. */
        public List<Paths> all() {
            return Stream.of(Optional.of(examples), validation, test)
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    /**
     * Of one file, relative to the data folders; the format follows from the ending.
     *
     * @param labels the file that has the labels of the examples, where the format puts them into one of their own
     */
    record Paths(String path, Optional<String> labels) {}

    /** Examples made in memory, from the seed of the data and the name of each field. */
    record RandomExamples(int examples) implements DataSource {}

    /** What a message about all of it names. */
    default Optional<String> file() {
        return switch (this) {
            case File file -> Optional.of(file.examples().path());
            case RandomExamples _ -> Optional.empty();
        };
    }
}
