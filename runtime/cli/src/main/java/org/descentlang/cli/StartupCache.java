package org.descentlang.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/// Classes loaded, linked and initialised by an earlier JVM, for the next ones to start from: an AOT cache of the JDK
/// (JEP 483, 514).
///
/// Whoever starts the command names a folder in `descent.cache`, one for each place, JDK and set of JVM flags, and
/// gives the JVM
/// the one `.aot` file that lies there. The file's name is a key of all that it depends on, so that Main sees when it
/// is missing or
/// old, and has it made in the background. The JVM itself leaves alone a cache that does not fit its build, flags or
/// class path.
/// Nothing needs the cache: where it cannot be made, all is as before and slower.
///
/// @param folder below the one that all caches of this user are in, which is the user's alone
/// @param key of the JVM's version and the class path, with sizes and times
record StartupCache(Path folder, String key) {
    private static final String PROPERTY = "descent.cache";
    private static final String EXTENSION = ".aot";

    /** Empty when nobody asked for one, and when the class path has folders, of which a cache cannot be made. */
    static Optional<StartupCache> ofThisJvm() {
        return Optional.ofNullable(System.getProperty(PROPERTY))
                .flatMap(folder ->
                        key(System.getProperty("java.class.path")).map(key -> new StartupCache(Path.of(folder), key)));
    }

    static Optional<String> key(String classPath) {
        var text = new StringBuilder(System.getProperty("java.vm.version"));
        for (String jar : classPath.split(File.pathSeparator)) {
            try {
                var attributes = Files.readAttributes(Path.of(jar), BasicFileAttributes.class);
                if (!attributes.isRegularFile()) {
                    return Optional.empty();
                }
                text.append('\n')
                        .append(jar)
                        .append(' ')
                        .append(attributes.size())
                        .append(' ')
                        .append(attributes.lastModifiedTime().toMillis());
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        var sum = new CRC32();
        sum.update(text.toString().getBytes(StandardCharsets.UTF_8));
        return Optional.of(Long.toHexString(sum.getValue()));
    }

    /** The folder of all caches of this user. */
    Path all() {
        return folder.resolveSibling("");
    }

    Path file() {
        return folder.resolve(key + EXTENSION);
    }

    /** Has it made in the background if it is missing. Says nothing, whatever happens: the command is done. */
    void makeIfMissing() {
        if (Files.exists(file()) || StartupCacheMaker.isAtWork(this)) {
            return;
        }
        try {
            new ProcessBuilder(line())
                    .redirectInput(new File(Files.isReadable(Path.of("/dev/null")) ? "/dev/null" : "NUL"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .directory(new File(System.getProperty("java.io.tmpdir")))
                    .start();
        } catch (IOException e) {
            // Without it, then.
        }
    }

    private List<String> line() {
        var line = new ArrayList<String>();
        Path nice = Path.of("/usr/bin/nice");
        if (Files.isExecutable(nice)) {
            line.add(nice.toString());
        }
        line.addAll(StartupCacheMaker.java());
        line.addAll(List.of(StartupCacheMaker.class.getName(), folder.toString(), key));
        line.addAll(StartupCacheMaker.flagsOfThisJvm());
        return line;
    }
}
