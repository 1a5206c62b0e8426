package org.descentlang.runtime.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;

/**
 * Files in the making, beside the ones that they become: {@code .descent-FILE-PROCESS-START-NUMBER.tmp}. The name says
 * whose it is, so that the next save of the same file removes what a process left that was killed. FILE is a checksum,
 * because a name that just fits has no room for more.
 */
final class Drafts {
    private static final AtomicLong NUMBER = new AtomicLong();

    private Drafts() {}

    /** A new name beside {@code target}; what dead processes left there is gone. */
    static Path prepare(Path target) throws IOException {
        String prefix = ".descent-" + checksum(String.valueOf(target.getFileName())) + "-";
        Path folder = target.toAbsolutePath().resolveSibling("");
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, prefix + "*.tmp")) {
            for (Path draft : drafts) {
                if (!isAlive(draft.getFileName().toString().substring(prefix.length()))) {
                    Files.deleteIfExists(draft);
                }
            }
        }
        ProcessHandle own = ProcessHandle.current();
        return folder.resolve("%s%d-%d-%d.tmp".formatted(prefix, own.pid(), start(own), NUMBER.getAndIncrement()));
    }

    private static String checksum(String name) {
        var checksum = new CRC32();
        checksum.update(name.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }

    /** @param owner `PROCESS-START-NUMBER.tmp`; a number may come back for another process, at another time */
    private static boolean isAlive(String owner) {
        String[] parts = owner.split("-", -1);
        try {
            Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(parts[0]));
            return parts.length == 3 && process.isPresent() && start(process.get()) == Long.parseLong(parts[1]);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** In milliseconds; 0 where the system does not say. */
    private static long start(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
