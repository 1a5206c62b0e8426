package org.descentlang.runtime.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.file.FileFailure;

/**
 * The folders in which relative data paths are looked for, in this order.
 *
 * <p>An `.opt` file may come from a stranger, so it can only name files below these folders: no absolute path, no `..`,
 * no symbolic link that leads out of the folder in which it was found. Whoever runs it can always add a folder.
 */
public record DataFolders(List<Path> folders) {
    public DataFolders {
        folders = List.copyOf(folders);
    }

    public static DataFolders of(Path... folders) {
        return new DataFolders(List.of(folders));
    }

    /** The file that {@code name} stands for. */
    public Path find(String name) {
        Path relative = relative(name);
        for (Path folder : folders) {
            Path file = folder.resolve(relative);
            if (Files.isRegularFile(file)) {
                return inside(folder, file, name);
            }
        }
        throw UserException.in(
                name,
                "there is no such data file; looked in "
                        + folders.stream()
                                .map(folder ->
                                        folder.toAbsolutePath().normalize().toString())
                                .distinct()
                                .collect(Collectors.joining(", ")));
    }

    private static Path relative(String name) {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            throw new UserException("The data path \"" + name + "\" is not a valid path: " + e.getReason());
        }
        if (name.isBlank()) {
            throw new UserException("The data path is empty");
        }
        if (path.isAbsolute()) {
            throw UserException.in(name, "a data path must be relative to the data folders, but this one is absolute");
        }
        for (Path part : path) {
            if (part.toString().equals("..")) {
                throw UserException.in(
                        name, "a data path must stay inside the data folders, but this one contains `..`");
            }
        }
        return path;
    }

    private static Path inside(Path folder, Path file, String name) {
        try {
            Path real = file.toRealPath();
            if (!real.startsWith(folder.toRealPath())) {
                throw UserException.in(name, "a symbolic link leads out of the data folder " + folder + ", to " + real);
            }
            return real;
        } catch (IOException e) {
            throw UserException.in(name, "cannot be opened: " + FileFailure.reason(e));
        }
    }
}
