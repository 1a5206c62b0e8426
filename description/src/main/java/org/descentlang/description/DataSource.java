package org.descentlang.description;

import java.util.Optional;

/** Where examples come from; the runtime knows how each is read. */
public sealed interface DataSource {
    /** A file, whose format follows from its ending; by a path relative to the data folders. */
    record File(String path) implements DataSource {}

    /** Examples made in memory, from the seed of the data and the name of each field. */
    record RandomExamples(int examples) implements DataSource {}

    /** What a message about all of it names. */
    default Optional<String> file() {
        return switch (this) {
            case File(var path) -> Optional.of(path);
            case RandomExamples _ -> Optional.empty();
        };
    }
}
