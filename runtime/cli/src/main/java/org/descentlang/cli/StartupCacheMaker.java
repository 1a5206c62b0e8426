package org.descentlang.cli;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Makes a {@link StartupCache}, in a process of its own: a JVM with the flags that the cache is for does some work and,
 * at its end, writes what it has loaded.
 */
final class StartupCacheMaker {
    /** Of one attempt, and how long a failed one keeps others from trying. */
    private static final Duration PATIENCE = Duration.ofHours(1);
    /** A cache takes 40 MB; one that is this old is made anew, or was of a version that is gone. */
    private static final Duration AGE = Duration.ofDays(30);

    private static final String LOCK = "making";

    private final StartupCache cache;
    private final Path lock;

    private StartupCacheMaker(StartupCache cache) {
        this.cache = cache;
        this.lock = lock(cache);
    }

    /** {@code folder key flags…} */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var cache = new StartupCache(Path.of(arguments[0]), arguments[1]);
        new StartupCacheMaker(cache).make(Arrays.asList(arguments).subList(2, arguments.length));
    }

    /** Or was, not long ago, and failed. */
    static boolean isAtWork(StartupCache cache) {
        try {
            return Files.getLastModifiedTime(lock(cache))
                    .toInstant()
                    .isAfter(Instant.now().minus(PATIENCE));
        } catch (IOException e) {
            return false;
        }
    }

    private static Path lock(StartupCache cache) {
        return cache.folder().resolve(LOCK);
    }

    /** The beginning of a command line for our classes. */
    static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"));
    }

    /** Those that a cache is bound to. */
    static List<String> flagsOfThisJvm() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--") || flag.matches("-XX:\\+Use\\w+GC"))
                .toList();
    }

    private void make(List<String> flags) throws IOException, InterruptedException {
        makeFolder();
        if (!isPrivate(cache.all()) || !acquire()) {
            return;
        }
        Path work = Files.createTempDirectory(cache.folder(), "work");
        try {
            Path made = work.resolve("made.aot");
            if (run(flags, made, work)) {
                deleteOld();
                Files.move(made, cache.file(), StandardCopyOption.ATOMIC_MOVE);
                Files.delete(lock);
            }
        } finally {
            delete(work);
        }
    }

    /** The folder of all caches is the user's alone, so that nobody else can put code there. */
    private void makeFolder() throws IOException {
        Path all = cache.all();
        Path above = Files.createDirectories(all.resolveSibling(""));
        if (isPosix(above) && !Files.exists(all, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(
                    all, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Files.createDirectories(cache.folder());
    }

    private static boolean isPosix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }

    /**
     * Owned by who runs this, with no rights for others. Elsewhere than on POSIX, the user's own folder is private
     * already.
     */
    static boolean isPrivate(Path folder) throws IOException {
        if (!isPosix(folder)) {
            return true;
        }
        Path probe = Files.createTempFile(folder, "owner", null);
        try {
            return Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(probe))
                    && PosixFilePermissions.toString(Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS))
                            .equals("rwx------");
        } finally {
            Files.delete(probe);
        }
    }

    /** Whether no other is at it. What an earlier one left is taken away: it did not fit, or was given up. */
    private boolean acquire() throws IOException {
        try {
            Files.createFile(lock);
        } catch (FileAlreadyExistsException e) {
            if (isAtWork(cache)) {
                return false;
            }
            Files.setLastModifiedTime(lock, FileTime.from(Instant.now()));
        }
        for (Path left : children(cache.folder())) {
            if (!left.equals(lock)) {
                delete(left);
            }
        }
        return true;
    }

    private static boolean run(List<String> flags, Path made, Path work) throws IOException, InterruptedException {
        var line = new ArrayList<>(java());
        line.addAll(1, flags);
        line.add(1, "-XX:AOTCacheOutput=" + made);
        line.addAll(List.of(StartupWork.class.getName(), work.toString()));
        var builder = new ProcessBuilder(line)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .directory(work.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        var process = builder.start();
        if (!process.waitFor(PATIENCE.toMinutes(), TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0 && Files.isRegularFile(made);
    }

    private void deleteOld() throws IOException {
        var limit = Instant.now().minus(AGE);
        for (Path folder : children(cache.all())) {
            if (!folder.equals(cache.folder())
                    && Files.getLastModifiedTime(folder).toInstant().isBefore(limit)) {
                delete(folder);
            }
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.toList();
        }
    }

    /** As far as the system lets it go: Windows keeps a file that a JVM has mapped. */
    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.map(Path::toFile).sorted(Comparator.reverseOrder()).forEach(File::delete);
        }
    }
}
