package org.descentlang.maven.compile;

import org.descentlang.maven.command.CommandResult;

/** How a compilation ended. */
public sealed interface CompileResult {
    /**
     * There is nothing to compile.
     *
     * @param changes what an earlier build had made is gone
     */
    record NoSources(Changes changes) implements CompileResult {}

    /** Nothing changed since the last build; no JVM was started. */
    record UpToDate() implements CompileResult {}

    /** New Java lies in the output directory. */
    record Compiled(int sources, Changes changes) implements CompileResult {}

    /** The command found errors or broke; output and state are as they were. */
    record Rejected(CommandResult command) implements CompileResult {}
}
