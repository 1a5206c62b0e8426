package org.descentlang.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.javacpp.Loader;

/** Where the numbers come from. */
final class Machine {
    private Machine() {}

    /** With the load: what else runs spoils the numbers. */
    static String describe() {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %s %s; load %.1f",
                processor(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    static String versions() throws IOException {
        return "Java %s, pytorch %s, mkl %s"
                .formatted(
                        Runtime.version(),
                        Loader.getVersion("org.bytedeco", "pytorch"),
                        Loader.getVersion("org.bytedeco", "mkl"));
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException _) {
            return "unknown processor";
        }
    }
}
