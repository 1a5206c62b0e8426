package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    @ParameterizedTest
    @ValueSource(strings = {"check", "compile", "describe", "train", "evaluate", "devices", "new", "completion"})
    void everyCommandHasAnExample(String command) {
        var help = CommandLineRun.of(command, "--help");
        assertThat(help.status()).isEqualTo(ExitStatus.SUCCESS);
        assertThat(help.out()).containsPattern("Example.*:\n +\\S*.*descent " + command);
        assertThat(CommandLineRun.of("help", command)).isEqualTo(help);
    }

    @Test
    void allCommandsAreListed() {
        var help = CommandLineRun.of("help");
        assertThat(help.status()).isEqualTo(ExitStatus.SUCCESS);
        assertThat(help.out()).contains("  check ", "  new ", "descent new flowers");
        assertThat(CommandLineRun.of("--help").out()).isEqualTo(help.out());
    }

    @Test
    void completionIsAScriptForBash() {
        var run = CommandLineRun.of("completion");
        assertThat(run.status()).isEqualTo(ExitStatus.SUCCESS);
        assertThat(run.out()).startsWith("#!/usr/bin/env bash").contains("complete -F", "--timings", "describe");
    }
}
