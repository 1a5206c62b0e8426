package org.descentlang.maven.command;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One run of the `descent` command, fixed before it starts.
 *
 * @param java the `java` program of a JDK 25 or newer
 * @param arguments of the command, its name first: {@code compile a.opt -d target/x --json}
 */
public record CommandRequest(
        Path java, List<Path> classPath, List<String> jvmArguments, List<String> arguments, Path workingDirectory) {
    private static final String MAIN_CLASS = "org.descentlang.cli.Main";

    /** What is said comes as UTF-8 whatever the locale. */
    private static final List<String> JVM_ARGUMENTS =
            List.of("--enable-native-access=ALL-UNNAMED", "-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8");

    /** Training computes with the Vector API. */
    private static final List<String> TO_TRAIN = List.of("--add-modules=jdk.incubator.vector");

    /** All else is over before HotSpot's second compiler pays for its own work. */
    private static final List<String> SHORT = List.of("-XX:TieredStopAtLevel=1");

    public CommandRequest {
        classPath = List.copyOf(classPath);
        jvmArguments = List.copyOf(jvmArguments);
        arguments = List.copyOf(arguments);
    }

    /** What the operating system is asked to run. */
    List<String> commandLine() {
        var line = new ArrayList<String>();
        line.add(java.toString());
        line.addAll(JVM_ARGUMENTS);
        line.addAll(arguments.get(0).equals("train") ? TO_TRAIN : SHORT);
        line.addAll(jvmArguments);
        line.add("-cp");
        line.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        line.addAll(StartupCache.of(System.getenv(), Path.of(System.getProperty("user.home")), line)
                .jvmArguments());
        line.add(MAIN_CLASS);
        line.addAll(arguments);
        return line;
    }
}
