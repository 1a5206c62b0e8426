package org.descentlang.compiler.train;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Endings of files that hold something else than comma-separated values, so that nobody looks for a mistake in their
 * text.
 */
final class FileFormats {
    private static final List<String> OTHERS = List.of(
            ".arrow",
            ".feather",
            ".gz",
            ".h5",
            ".hdf5",
            ".idx",
            ".json",
            ".jsonl",
            ".npy",
            ".npz",
            ".parquet",
            ".tar",
            ".tfrecord",
            ".tsv",
            "-ubyte",
            ".xls",
            ".xlsx",
            ".zip");

    private FileFormats() {}

    /** The ending, if it is one that cannot be read. */
    static Optional<String> unreadable(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return OTHERS.stream().filter(name::endsWith).findFirst();
    }
}
