package org.descentlang.compiler.train;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Endings of files that hold something else than comma-separated values. Those that cannot be read are known, so that
 * nobody looks for a mistake in their text.
 */
final class FileFormats {
    private static final List<String> OTHERS = List.of(
            ".arrow",
            ".feather",
            ".gz",
            ".h5",
            ".hdf5",
            ".json",
            ".jsonl",
            ".npy",
            ".npz",
            ".parquet",
            ".tar",
            ".tfrecord",
            ".tsv",
            ".xls",
            ".xlsx",
            ".zip");

    private static final List<String> IDX = List.of("-ubyte", "-ubyte.gz", ".idx", ".idx.gz");

    private FileFormats() {}

    /** Whether a file holds images, or labels of images, and not columns: the IDX format. */
    static boolean isIdx(String path) {
        return hasEnding(path, IDX).isPresent();
    }

    /** The ending, if it is one that cannot be read. */
    static Optional<String> unreadable(String path) {
        return isIdx(path) ? Optional.empty() : hasEnding(path, OTHERS);
    }

    private static Optional<String> hasEnding(String path, List<String> endings) {
        String name = path.toLowerCase(Locale.ROOT);
        return endings.stream().filter(name::endsWith).findFirst();
    }
}
