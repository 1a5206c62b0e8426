package org.descentlang.maven.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the command keeps classes for its next start: it makes the one {@code .aot} file in the folder by itself, in
 * the background. Nothing needs it, and the JVM leaves alone one that does not fit.
 *
 * @param all the folder of all caches of this user
 * @param name of a folder in it: one for each JDK, class path and set of flags
 */
public record StartupCache(Path all, String name) {
    private static final String LOCAL_DATA = "LOCALAPPDATA";

    /** @param line the command line it is for, as far as it goes */
    public static StartupCache of(Map<String, String> environment, Path userHome, List<String> line) {
        var caches = Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
                .or(() -> Optional.ofNullable(environment.get(LOCAL_DATA)))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .orElse(userHome.resolve(".cache"));
        return new StartupCache(caches.resolve("descent"), "maven-" + digest(String.join("\n", line)));
    }

    private static String digest(String text) {
        try {
            var bytes = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> jvmArguments() {
        var place = "-Ddescent.cache=" + all.resolve(name);
        return file().map(file -> List.of(place, "-XX:AOTCache=" + file, "-Xlog:aot*=off"))
                .orElse(List.of(place));
    }

    private Optional<Path> file() {
        try {
            if (!isPrivate()) {
                return Optional.empty();
            }
            try (Stream<Path> files = Files.list(all.resolve(name))) {
                return files.filter(file -> file.toString().endsWith(".aot")).findFirst();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What others may write to is not run. Elsewhere than on POSIX, the user's own folder is private already. */
    private boolean isPrivate() throws IOException {
        if (!Files.getFileStore(all).supportsFileAttributeView("posix")) {
            return true;
        }
        var rights = Files.getPosixFilePermissions(all, LinkOption.NOFOLLOW_LINKS);
        var owner = Files.getOwner(all, LinkOption.NOFOLLOW_LINKS);
        return PosixFilePermissions.toString(rights).equals("rwx------")
                && owner.getName().equals(System.getProperty("user.name"))
                && !Files.isSymbolicLink(all);
    }
}
