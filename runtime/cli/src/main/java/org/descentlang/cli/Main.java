package org.descentlang.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.descentlang.compiler.Failure;
import org.descentlang.compiler.diagnostic.JsonObject;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.runtime.UserException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The `descent` command. */
@Command(
        name = "descent",
        description = "Declarative training for the JVM: checks, compiles and trains what .opt files describe.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples: create a project, and train a file:",
            "  descent new flowers",
            "  descent train flowers/src/main/opt/flowers.opt",
            "`descent help COMMAND` describes a command."
        },
        versionProvider = Main.Version.class)
public final class Main implements Runnable {
    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show the whole stack trace of a failure, as DESCENT_DEBUG=1 does.")
    private boolean debug = System.getenv("DESCENT_DEBUG") != null;

    private final Console console;
    private final CommandLine line;

    private Main(Console console) {
        this.console = console;
        line = new CommandLine(this)
                .addSubcommand(new CheckCommand(console))
                .addSubcommand(new CompileCommand(console))
                .addSubcommand(new DescribeCommand(console))
                .addSubcommand(new TrainCommand(console))
                .addSubcommand(new EvaluateCommand(console))
                .addSubcommand(new DevicesCommand(console))
                .addSubcommand(new NewCommand(console))
                .addSubcommand(new CompletionCommand(console))
                .addSubcommand(new CommandLine.HelpCommand())
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler(Main::wrongArguments)
                .setExecutionExceptionHandler((failure, command, parsed) ->
                        failed(failure, command.getParseResult().hasMatchedOption("--json")));
    }

    public static void main(String[] arguments) throws ReflectiveOperationException {
        ErrorStream.restore();
        ClassFolder.given().ifPresent(ClassFolder::deleteAtExit);
        int status = run(Console.ofProcess(), arguments);
        StartupCache.ofThisJvm().ifPresent(StartupCache::makeIfMissing);
        System.exit(status);
    }

    /** Runs one command and returns its exit status: see {@link ExitStatus}. */
    static int run(Console console, String... arguments) {
        var main = new Main(console);
        try {
            return main.line.execute(arguments);
        } catch (OutOfMemoryError e) {
            console.err().println("descent: not enough memory; JDK_JAVA_OPTIONS=-Xmx8g would allow 8 GiB");
            return ExitStatus.FAILURE;
        } catch (StackOverflowError e) {
            return main.failed(e, false);
        }
    }

    /** Called when no command is named. */
    @Override
    public void run() {
        throw new ParameterException(
                line,
                "expected a command: " + String.join(", ", line.getSubcommands().keySet()));
    }

    private static int wrongArguments(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        CommandSpec spec = command.getCommandSpec();
        command.getErr().println(spec.qualifiedName() + ": " + message(mistake, command));
        command.getErr().println("Try '" + spec.qualifiedName() + " --help'.");
        return ExitStatus.MISTAKE;
    }

    private static String message(ParameterException mistake, CommandLine command) {
        var commands = command.getSubcommands().keySet();
        if (mistake instanceof UnmatchedArgumentException unmatched
                && !commands.isEmpty()
                && !unmatched.isUnknownOption()) {
            String word = unmatched.getUnmatched().getFirst();
            return "there is no command `" + word + "`" + Suggestion.didYouMean(word, commands);
        }
        return String.valueOf(mistake.getMessage());
    }

    /** @param json whether the message is an object on standard output, as those of the compiler are then */
    private int failed(Throwable failure, boolean json) {
        if (debug) {
            failure.printStackTrace(console.err());
        }
        if (failure instanceof UserException mistake) {
            if (json) {
                console.out().println(object(mistake));
            } else {
                console.err().println("descent: " + mistake.getMessage());
            }
            return ExitStatus.MISTAKE;
        }
        console.err().println("descent: this is a bug in Descent: " + Failure.summary(failure));
        if (!debug) {
            console.err().println("Run it again with --debug to see where it happened.");
        }
        return ExitStatus.FAILURE;
    }

    private static JsonObject object(UserException mistake) {
        var object = new JsonObject().put("severity", "error").put("title", mistake.reason());
        mistake.file().ifPresent(file -> object.put("file", file));
        mistake.line().ifPresent(number -> object.put("line", number));
        return object;
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"descent " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
