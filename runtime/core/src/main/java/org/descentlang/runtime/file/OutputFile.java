package org.descentlang.runtime.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.descentlang.runtime.UserException;

/**
 * A file that is written whole or not at all: beside its place first, then moved there. Only a regular file is
 * replaced, and a link to one stays a link. The rights are those that the process gives to any new file.
 */
public final class OutputFile {
    private final Path path;
    private final String what;

    private OutputFile(Path path, String what) {
        this.path = path;
        this.what = what;
    }

    /** @param what stands there, for messages: `the model` */
    public static OutputFile of(Path path, String what) {
        return new OutputFile(path, what);
    }

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(FileChannel file) throws IOException;
    }

    /** @throws UserException if the file cannot be written; the old one is still there then */
    public void write(byte[] content) {
        write(file -> {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        });
    }

    /** @throws UserException if the file cannot be written; the old one is still there then */
    public void write(Content content) {
        try {
            Path target = target();
            Path draft = Drafts.prepare(target);
            try {
                try (FileChannel file =
                        FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    content.writeTo(file);
                }
                move(draft, target);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw mistake(e);
        }
    }

    /**
     * Tries everything but the content, so that hours of training are not lost to a mistyped folder.
     *
     * @param bytes the size that it will have
     * @throws UserException if it could not be written now
     */
    public void requireWritable(long bytes) {
        try {
            Path target = target();
            Files.delete(Files.createFile(Drafts.prepare(target)));
            if (!Files.exists(target)) {
                Files.delete(Files.createFile(target));
            }
            long free = Files.getFileStore(folder(target)).getUsableSpace();
            if (bytes > free) {
                throw mistake("it needs %,d bytes, but only %,d are free there".formatted(bytes, free));
            }
        } catch (IOException e) {
            throw mistake(e);
        }
    }

    /** The file itself, at the end of links; its folder is there. */
    private Path target() throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return regular();
        }
        Files.createDirectories(folder(path));
        return path;
    }

    private Path regular() throws IOException {
        try {
            Path target = path.toRealPath();
            if (Files.isRegularFile(target)) {
                return target;
            }
            throw mistake(
                    Files.isDirectory(target) ? "there is a folder with that name" : "that is not a regular file");
        } catch (NoSuchFileException e) {
            throw mistake("that is a broken link");
        }
    }

    private static Path folder(Path file) {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        return folder == null ? absolute : folder;
    }

    private static void move(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private UserException mistake(IOException e) {
        return mistake(e instanceof NoSuchFileException ? noPlace() : FileFailure.reason(e));
    }

    /** What is missing is never the file, which is about to be made. */
    private String noPlace() {
        Path folder = folder(path);
        return Files.isDirectory(folder) ? "no file can be created in " + folder : "there is no folder " + folder;
    }

    private UserException mistake(String reason) {
        return UserException.in(path.toString(), what + " cannot be written: " + reason);
    }
}
