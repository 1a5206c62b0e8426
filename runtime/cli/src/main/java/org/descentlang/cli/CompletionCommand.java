package org.descentlang.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Print a completion script for bash and zsh.",
        footer = {
            "",
            "Example, in ~/.bashrc, or in ~/.zshrc after compinit and bashcompinit:",
            "  source <(descent completion)"
        },
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var root = spec.root();
        console.out().print(AutoComplete.bash(root.name(), root.commandLine()));
        return ExitStatus.SUCCESS;
    }
}
