package org.descentlang.maven;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.descentlang.maven.command.CommandResult;
import org.descentlang.maven.command.Problem;
import org.junit.jupiter.api.Test;

class ReporterTest {
    private final Reporter reporter = new Reporter(new SystemStreamLog(), Optional.empty());
    private final Problem error =
            new Problem(Problem.Severity.ERROR, "D1", "t", Optional.empty(), 0, 0, Optional.empty());

    @Test
    void successEndsNothing() {
        assertThatCode(() -> reporter.requireSuccess(new CommandResult(0, List.of(), List.of("a note"))))
                .doesNotThrowAnyException();
    }

    @Test
    void aUsersMistakeFailsTheBuild() {
        assertThatThrownBy(() -> reporter.requireSuccess(new CommandResult(2, List.of(error), List.of())))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("1 error, shown above");
        assertThatThrownBy(() -> reporter.requireSuccess(new CommandResult(2, List.of(error, error), List.of())))
                .hasMessage("2 errors, shown above");
    }

    @Test
    void aMistakeWithoutAPlaceIsWhatTheCommandSaid() {
        assertThatThrownBy(() -> reporter.requireSuccess(new CommandResult(2, List.of(), List.of("no such file"))))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("no such file");
    }

    @Test
    void anInterruptedRunIsNoFaultOfOurs() {
        for (int status : new int[] {130, 143}) {
            assertThatThrownBy(() -> reporter.requireSuccess(new CommandResult(status, List.of(), List.of())))
                    .isInstanceOf(MojoFailureException.class)
                    .hasMessage("interrupted");
        }
    }

    @Test
    void anythingElseIsOurs() {
        assertThatThrownBy(() -> reporter.requireSuccess(new CommandResult(1, List.of(), List.of("a bug"))))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("exit status 1")
                .hasMessageContaining("a bug");
    }
}
