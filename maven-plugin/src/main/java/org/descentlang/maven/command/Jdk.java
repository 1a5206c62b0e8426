package org.descentlang.maven.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An installed Java, known by its folder and what its {@code release} file says: no JVM is started to ask. */
public record Jdk(Path home, int feature) {
    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");

    /** The Java installed in a folder; empty when there is none. */
    public static Optional<Jdk> at(Path home) {
        var release = home.resolve("release");
        if (java(home).isEmpty() || !Files.isReadable(release)) {
            return Optional.empty();
        }
        try {
            var version = VERSION.matcher(Files.readString(release));
            return version.find() ? Optional.of(new Jdk(home, Integer.parseInt(version.group(1)))) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The Java that a {@code java} program belongs to, behind links such as {@code /usr/bin/java}. */
    public static Optional<Jdk> of(Path java) {
        try {
            return Optional.ofNullable(java.toRealPath().getParent())
                    .map(Path::getParent)
                    .flatMap(Jdk::at);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Its {@code java} program. */
    public Path java() {
        return java(home).orElseThrow();
    }

    private static Optional<Path> java(Path home) {
        var folder = home.resolve("bin");
        return Stream.of("java", "java.exe")
                .map(folder::resolve)
                .filter(Files::isExecutable)
                .findFirst();
    }
}
