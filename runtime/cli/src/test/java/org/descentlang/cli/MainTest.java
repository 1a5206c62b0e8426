package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void versionAndHelp() {
        assertThat(CommandLineRun.of("--version").out()).startsWith("descent ");
        var help = CommandLineRun.of("--help");
        assertThat(help.status()).isEqualTo(ExitStatus.SUCCESS);
        assertThat(help.out()).contains("check", "compile", "train", "describe", "evaluate");
    }

    @Test
    void wrongArgumentsGetTwoLines() {
        for (String[] arguments : new String[][] {
            {},
            {"chek"},
            {"check"},
            {"check", "--jsn", "a.opt"},
            {"compile", "a.opt"},
            {"compile", "a.opt", "-d"},
            {"train"},
            {"train", "a.opt", "--threads", "x"}
        }) {
            var run = CommandLineRun.of((Object[]) arguments);
            assertThat(run.status()).isEqualTo(ExitStatus.MISTAKE);
            assertThat(run.out()).isEmpty();
            assertThat(run.err().lines()).hasSize(2);
            assertThat(run.err().lines().toList().getLast())
                    .startsWith("Try 'descent")
                    .endsWith(" --help'.");
        }
    }

    @Test
    void anUnknownCommandGetsASuggestion() {
        assertThat(CommandLineRun.of("chek", "a.opt").err())
                .startsWith("descent: there is no command `chek`; did you mean `check`?\n");
    }

    @Test
    void anUnknownLibraryNameIsAMistake() {
        var run = CommandLineRun.of("describe", "std.nothing_of_the_kind");
        assertThat(run.status()).isEqualTo(ExitStatus.MISTAKE);
        assertThat(run.err()).startsWith("descent: there is no std.nothing_of_the_kind; ");
    }
}
