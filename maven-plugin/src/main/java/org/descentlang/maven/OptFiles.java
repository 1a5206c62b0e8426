package org.descentlang.maven;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.codehaus.plexus.util.DirectoryScanner;

/** The .opt files of a folder, which need not exist. */
record OptFiles(Path directory) {
    private static final String ALL = "**/*.opt";

    /**
     * All that files in the folder may import, relative to the folder: imports stay inside the nearest folder called
     * `opt`, or else inside the folder itself.
     *
     * @param limit where the search for such a folder ends
     */
    List<Path> importable(Path limit) {
        var root = Stream.iterate(directory, Objects::nonNull, Path::getParent)
                .takeWhile(folder -> folder.startsWith(limit))
                .filter(folder -> folder.endsWith("opt"))
                .findFirst()
                .orElse(directory);
        return new OptFiles(root)
                .matching(List.of(), List.of()).stream()
                        .map(file -> directory.relativize(root.resolve(file)))
                        .toList();
    }

    /**
     * Those that match Ant patterns, relative to the folder, sorted.
     *
     * @param includes all .opt files when empty
     */
    List<Path> matching(List<String> includes, List<String> excludes) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        var scanner = new DirectoryScanner();
        scanner.setBasedir(directory.toFile());
        scanner.setIncludes(includes.isEmpty() ? new String[] {ALL} : includes.toArray(String[]::new));
        scanner.setExcludes(excludes.toArray(String[]::new));
        scanner.addDefaultExcludes();
        scanner.scan();
        return Stream.of(scanner.getIncludedFiles()).sorted().map(Path::of).toList();
    }
}
