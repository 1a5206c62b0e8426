package org.descentlang.maven.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The folder of generated Java. Files of others in it are left alone; equal files keep their time stamps, so that javac
 * need not run.
 */
record OutputDirectory(Path root) {
    /** Makes it hold the files of another folder instead of those of the state before. */
    Changes replace(State before, Path staging, SortedMap<String, String> outputs) throws IOException {
        var written = new ArrayList<Path>();
        for (var name : outputs.keySet()) {
            var file = root.resolve(name);
            var content = Files.readAllBytes(staging.resolve(name));
            requireReplaceable(file);
            if (!Files.exists(file) || !Arrays.equals(content, Files.readAllBytes(file))) {
                WholeFile.write(file, content);
                written.add(Path.of(name));
            }
        }
        var stale = new TreeMap<>(before.outputs()).keySet();
        stale.removeAll(outputs.keySet());
        return new Changes(written, remove(stale));
    }

    /** A device or a folder in the place of a file was not put there by this plugin. */
    private static void requireReplaceable(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file)) {
            throw new IOException(file + " is not a regular file, so it is not replaced");
        }
    }

    /** Removes files, and folders that become empty. */
    List<Path> remove(Collection<String> names) throws IOException {
        var removed = new ArrayList<Path>();
        for (var name : names) {
            var file = root.resolve(name);
            if (Files.deleteIfExists(file)) {
                removed.add(Path.of(name));
            }
            removeEmpty(file.getParent());
        }
        return removed;
    }

    private void removeEmpty(@Nullable Path folder) throws IOException {
        if (folder != null && !folder.equals(root) && isEmpty(folder)) {
            Files.delete(folder);
            removeEmpty(folder.getParent());
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var children = Files.list(folder)) {
            return children.findAny().isEmpty();
        }
    }
}
