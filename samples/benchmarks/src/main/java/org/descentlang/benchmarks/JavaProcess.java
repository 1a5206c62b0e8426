package org.descentlang.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JVM of its own for a measurement: none inherits the compiled code or the heap of the one before. */
final class JavaProcess {
    /**
     * Of every JVM that measures. The last one puts MKL in the place of OpenBLAS, which libtorch was linked against.
     */
    static final List<String> FLAGS = List.of(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-Dorg.bytedeco.openblas.load=mkl");

    /**
     * Keeps glibc from giving libtorch's large buffers back to the system at each step: page faults took most of the
     * time.
     */
    private static final Map<String, String> HEAP = Map.of(
            "MALLOC_MMAP_THRESHOLD_", "4000000000",
            "MALLOC_TRIM_THRESHOLD_", "8000000000",
            "MALLOC_TOP_PAD_", "268435456");

    private final ProcessBuilder builder = new ProcessBuilder();
    private final Class<?> main;

    private JavaProcess(Class<?> main) {
        this.main = main;
        HEAP.forEach(this::environment);
    }

    static JavaProcess of(Class<?> main) {
        return new JavaProcess(main);
    }

    JavaProcess environment(String name, String value) {
        builder.environment().put(name, value);
        return this;
    }

    /**
     * Waits for the end.
     *
     * @return what it wrote
     */
    List<String> run(String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        try {
            Process process = builder.command(command).redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed:\n" + output);
            }
            return output.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of lines like {@code step 12.5}, those that begin so. */
    static List<Double> numbers(String prefix, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> Double.valueOf(line.substring(prefix.length())))
                .toList();
    }
}
