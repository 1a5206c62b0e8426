package org.descentlang.maven;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.codehaus.plexus.build.BuildContext;
import org.descentlang.maven.command.CommandResult;
import org.descentlang.maven.command.Event;
import org.descentlang.maven.command.Problem;
import org.descentlang.maven.command.Progress;
import org.descentlang.maven.command.Text;

/**
 * Says in Maven's log, and in an editor's margin, what the command said.
 *
 * @param editor present when the build runs inside one; elsewhere a build context would repeat every problem in the log
 */
record Reporter(Log log, Optional<BuildContext> editor) {
    /** An editor forgets what earlier builds said about these files. */
    void forget(Collection<Path> sources) {
        editor.ifPresent(context -> sources.forEach(source -> context.removeMessages(source.toFile())));
    }

    /** An editor looks again at what changed. */
    void refresh(Path changed) {
        editor.ifPresent(context -> context.refresh(changed.toFile()));
    }

    void report(Event event) {
        if (event instanceof Problem problem) {
            report(problem);
        } else if (event instanceof Progress progress) {
            report(progress);
        } else if (event instanceof Text text) {
            log.info(text.line());
        }
    }

    /** Which files were made is summed up when all are. */
    private void report(Progress progress) {
        if (progress.event().equals("file")) {
            log.debug(progress.line());
        } else {
            log.info(progress.line());
        }
    }

    private void report(Problem problem) {
        switch (problem.severity()) {
            case ERROR -> {
                log.error(problem.clickable());
                mark(problem, BuildContext.SEVERITY_ERROR);
            }
            case WARNING -> {
                log.warn(problem.clickable());
                mark(problem, BuildContext.SEVERITY_WARNING);
            }
        }
    }

    private void mark(Problem problem, int severity) {
        editor.ifPresent(context -> problem.file()
                .ifPresent(file -> context.addMessage(
                        file.toFile(), problem.line(), problem.column(), problem.message(), severity, null)));
    }

    /**
     * Ends the goal unless the command succeeded: a user's mistake fails the build, anything else is an error of ours.
     */
    void requireSuccess(CommandResult result) throws MojoExecutionException, MojoFailureException {
        if (result.succeeded()) {
            return;
        }
        if (result.isInterrupted()) {
            throw new MojoFailureException("interrupted");
        }
        var errorOutput = String.join(System.lineSeparator(), result.errorOutput());
        if (!result.isMistake()) {
            throw new MojoExecutionException("The descent command failed with exit status " + result.exitCode()
                    + ". This is a bug in Descent, not a mistake in your files. Its output:" + System.lineSeparator()
                    + errorOutput);
        }
        var errors = result.errors();
        throw new MojoFailureException(
                errors == 0 ? errorOutput : errors + (errors == 1 ? " error" : " errors") + ", shown above");
    }
}
