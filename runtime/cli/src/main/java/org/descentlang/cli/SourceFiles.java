package org.descentlang.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.descentlang.compiler.ImportResolver;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.file.FileFailure;

/**
 * Reads `.opt` files. A source's name is its path as the user wrote it, so that messages can be clicked; an import's
 * name is relative to its importer's.
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
            var files = paths.filter(path -> path.toString().endsWith(EXTENSION) && isFileOrDeadLink(path))
                    .filter(path -> !isMade(folder.relativize(path)))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new UserException(folder + ": there is no .opt file in this folder");
            }
            return files;
        } catch (IOException | UncheckedIOException e) {
            throw UserException.in(folder.toString(), "this folder cannot be read: " + FileFailure.reason(e));
        }
    }

    /** A link to nothing is a file that cannot be read, and is said to be. */
    private static boolean isFileOrDeadLink(Path path) {
        return Files.isRegularFile(path) || Files.isSymbolicLink(path) && !Files.exists(path);
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

    /** What cannot be read is a problem of that file alone. */
    static SourceFile read(Path file) {
        String name = file.toString();
        try {
            return source(name, bytes(file));
        } catch (IOException e) {
            String flaw = Files.isDirectory(file) ? "this is a folder, but a file is expected" : FileFailure.reason(e);
            return SourceFile.unreadable(name, "", flaw);
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
            return new Found(source(file.toString(), bytes(file)));
        } catch (InvalidPathException e) {
            return new Refused("that is not a valid path");
        } catch (IOException e) {
            return new Refused(FileFailure.reason(e));
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        try (var in = file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(file)) {
            return in.readNBytes(MOST_BYTES + 1);
        }
    }

    private static SourceFile source(String name, byte[] content) {
        if (content.length > MOST_BYTES) {
            return SourceFile.unreadable(name, "", "this file has more than %,d bytes".formatted(MOST_BYTES));
        }
        var bytes = ByteBuffer.wrap(content);
        var text = CharBuffer.allocate(content.length);
        boolean whole =
                !StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true).isError();
        String read = text.flip().toString();
        return whole
                ? SourceFile.of(name, read)
                : SourceFile.unreadable(
                        name, read, "this is not UTF-8 text: it has the byte 0x%02X here".formatted(bytes.get()));
    }

    /**
     * The folder that imports must stay in: the nearest of the project called `opt`, as in `src/main/opt`, or else the
     * file's own.
     */
    private static Path root(Path file) throws IOException {
        List<Path> folders = SourceFolders.of(
                file.equals(STANDARD_INPUT) ? Path.of("").toRealPath().resolve(file) : file.toRealPath());
        return folders.stream()
                .filter(folder -> folder.endsWith("opt"))
                .findFirst()
                .orElse(folders.getFirst());
    }
}
