package org.descentlang.maven.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Starts the `descent` command in a child JVM, follows what it says and waits for its end. */
public final class DescentCommand {
    private static final int ERROR_LINES_KEPT = 200;

    private DescentCommand() {}

    /**
     * @param listener told of each event as it comes, on the calling thread
     * @throws IOException when the JVM cannot be started or heard
     * @throws InterruptedException when interrupted while waiting; the child is then stopped
     */
    public static CommandResult run(CommandRequest request, Consumer<Event> listener)
            throws IOException, InterruptedException {
        var process = new ProcessBuilder(request.commandLine())
                .directory(request.workingDirectory().toFile())
                .start();
        try {
            process.getOutputStream().close();
            var errorOutput = CompletableFuture.supplyAsync(() -> lastLines(process.getErrorStream()));
            var problems = follow(process.getInputStream(), new EventParser(request.workingDirectory()), listener);
            return new CommandResult(process.waitFor(), problems, errorOutput.join());
        } finally {
            process.destroy();
        }
    }

    private static List<Problem> follow(InputStream output, EventParser parser, Consumer<Event> listener)
            throws IOException {
        var problems = new ArrayList<Problem>();
        try (var reader = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                var event = parser.parse(line);
                if (event instanceof Problem problem) {
                    problems.add(problem);
                }
                listener.accept(event);
            }
        }
        return problems;
    }

    private static List<String> lastLines(InputStream output) {
        Deque<String> kept = new ArrayDeque<>();
        try (var reader = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                if (isNotice(line)) {
                    continue;
                }
                kept.addLast(line);
                if (kept.size() > ERROR_LINES_KEPT) {
                    kept.removeFirst();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(kept);
    }

    /** The JVM itself announces the Vector API on every start, and no flag stops it. */
    private static boolean isNotice(String line) {
        return line.startsWith("WARNING: Using incubator modules:");
    }
}
