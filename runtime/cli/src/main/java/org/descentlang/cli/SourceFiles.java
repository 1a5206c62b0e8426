package org.descentlang.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.descentlang.compiler.ImportResolver;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.runtime.UserException;

/**
 * Reads `.opt` files. A source's name is its path as the user wrote it, so that messages can be clicked; an import's name is
 * relative to its importer's.
 */
final class SourceFiles implements ImportResolver {
    /** What the compiler takes, were every character as long as they come. */
    private static final int MOST_BYTES = 4 * 2_000_000;

    /** Standard input, where a file is asked for. Its imports start in the working directory. */
    private static final Path STANDARD_INPUT = Path.of("-");

    private static final String EXTENSION = ".opt";

    /** Files as they are, and for a folder those below it in the order of their names; not what a build made. */
    static List<Path> expand(List<Path> filesAndFolders) {
        return filesAndFolders.stream()
                .flatMap(path -> Files.isDirectory(path) ? below(path).stream() : Stream.of(path))
                .toList();
    }

    private static List<Path> below(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            var files = paths.filter(path -> path.toString().endsWith(EXTENSION) && Files.isRegularFile(path))
                    .filter(path -> !isMade(folder.relativize(path)))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new UserException(folder + ": there is no .opt file in this folder");
            }
            return files;
        } catch (IOException | UncheckedIOException e) {
            throw new UserException(folder + ": cannot be read: " + e.getMessage());
        }
    }

    /** In {@code target}, or in a hidden folder. */
    private static boolean isMade(Path path) {
        for (Path name : path) {
            if (name.toString().startsWith(".") || name.endsWith("target")) {
                return true;
            }
        }
        return false;
    }

    static SourceFile read(Path file) {
        try {
            return SourceFile.of(file.toString(), text(file));
        } catch (NoSuchFileException e) {
            throw new UserException(file + ": there is no such file");
        } catch (AccessDeniedException e) {
            throw new UserException(file + ": may not be read");
        } catch (CharacterCodingException e) {
            throw new UserException(file + ": is not UTF-8 text");
        } catch (IOException e) {
            throw new UserException(file + ": "
                    + (Files.isDirectory(file) ? "is a folder, and one file is asked for" : e.getMessage()));
        }
    }

    @Override
    public Import resolve(SourceFile importer, String path) {
        try {
            Path from = Path.of(importer.name());
            Path file = from.resolveSibling(path).normalize();
            if (Path.of(path).isAbsolute()) {
                return new Refused("a path must be relative to this file");
            }
            if (!path.endsWith(EXTENSION)) {
                return new Refused("only files that end in .opt are imported");
            }
            if (!file.toRealPath().startsWith(root(from))) {
                return new Refused("it lies outside the source folder " + root(from));
            }
            return new Found(SourceFile.of(file.toString(), text(file)));
        } catch (InvalidPathException e) {
            return new Refused("that is no path");
        } catch (NoSuchFileException e) {
            return new Refused("there is no such file");
        } catch (CharacterCodingException e) {
            return new Refused("it is not UTF-8 text");
        } catch (IOException e) {
            return new Refused("it cannot be read");
        }
    }

    private static String text(Path file) throws IOException {
        byte[] bytes;
        try (var in = file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw new IOException("has more than %,d bytes".formatted(MOST_BYTES));
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    /** The folder that imports must stay in: the nearest of the project called `opt`, as in `src/main/opt`, or else the file's own. */
    private static Path root(Path file) throws IOException {
        List<Path> folders = SourceFolders.of(
                file.equals(STANDARD_INPUT) ? Path.of("").toRealPath().resolve(file) : file.toRealPath());
        return folders.stream()
                .filter(folder -> folder.endsWith("opt"))
                .findFirst()
                .orElse(folders.getFirst());
    }
}
