package org.descentlang.maven.compile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A SHA-256 over everything that a compilation depends on: equal fingerprints, equal Java. */
final class Fingerprint {
    private final MessageDigest digest = sha256();

    private Fingerprint() {}

    static String of(CompileRequest request) throws IOException {
        var fingerprint = new Fingerprint();
        for (var source : request.sources()) {
            fingerprint.add(portable(source));
        }
        fingerprint.add("inputs");
        for (var input : request.inputs()) {
            fingerprint.add(portable(input));
            fingerprint.add(Files.readAllBytes(request.sourceDirectory().resolve(input)));
        }
        fingerprint.add("options");
        for (var option : request.options()) {
            fingerprint.add(option);
        }
        fingerprint.add("compiler");
        for (var entry : request.compiler()) {
            fingerprint.addTree(entry);
        }
        return HexFormat.of().formatHex(fingerprint.digest.digest());
    }

    static String of(byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    /** The same text for the same relative path on every system. */
    static String portable(Path relative) {
        return relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
    }

    /** The length first, so that no two sequences of parts give the same bytes. */
    private void add(byte[] part) {
        digest.update(Integer.toString(part.length).getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) ':');
        digest.update(part);
    }

    private void add(String part) {
        add(part.getBytes(StandardCharsets.UTF_8));
    }

    /** A jar, or inside a multi-module build a folder of classes. */
    private void addTree(Path entry) throws IOException {
        List<Path> files;
        try (var walk = Files.walk(entry)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (var file : files) {
            add(portable(entry.relativize(file)));
            add(Files.readAllBytes(file));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
