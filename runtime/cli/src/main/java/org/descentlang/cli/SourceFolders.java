package org.descentlang.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folders that belong to an `.opt` file: its own, and its parents up to the project that it is part of. A file may
 * come from a stranger and lie anywhere, so that without a project its own folder is all that it sees.
 */
final class SourceFolders {
    /** Any of these marks a project. */
    private static final List<String> MARKS = List.of(
            "pom.xml", "build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts", ".git", ".hg");

    private SourceFolders() {}

    /** From the inside out; the last is the project's, if there is one. */
    static List<Path> of(Path file) {
        var folders = new ArrayList<Path>();
        Path own = file.toAbsolutePath().normalize().getParent();
        for (Path folder = own; folder != null; folder = folder.getParent()) {
            folders.add(folder);
            if (isProject(folder)) {
                return folders;
            }
        }
        return folders.isEmpty() ? List.of() : List.of(folders.getFirst());
    }

    /**
     * Some people keep their settings under version control: all that is theirs is no project, and neither is the whole
     * machine.
     */
    private static boolean isProject(Path folder) {
        return folder.getParent() != null
                && !folder.equals(Path.of(System.getProperty("user.home", "")).toAbsolutePath())
                && MARKS.stream().anyMatch(mark -> Files.exists(folder.resolve(mark)));
    }
}
