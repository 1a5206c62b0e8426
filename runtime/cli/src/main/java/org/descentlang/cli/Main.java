package org.descentlang.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.descentlang.compiler.Failure;
import org.descentlang.runtime.UserException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The `descent` command. */
@Command(
        name = "descent",
        description = "Declarative training for the JVM: checks, compiles and trains what .opt files describe.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Main.Version.class)
public final class Main implements Runnable {
    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show the whole stack trace of a failure, as DESCENT_DEBUG=1 does.")
    private boolean debug = System.getenv("DESCENT_DEBUG") != null;

    private final CommandLine line;

    private Main(Console console) {
        line = new CommandLine(this)
                .addSubcommand(new CheckCommand(console))
                .addSubcommand(new CompileCommand(console))
                .addSubcommand(new DescribeCommand(console))
                .addSubcommand(new TrainCommand(console))
                .addSubcommand(new EvaluateCommand(console))
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler(Main::wrongArguments)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure));
    }

    public static void main(String[] arguments) throws ReflectiveOperationException {
        ErrorStream.restore();
        System.exit(run(Console.ofProcess(), arguments));
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
            return main.failed(e);
        }
    }

    /** Called when no command is named. */
    @Override
    public void run() {
        throw new ParameterException(
                line,
                "name a command: " + String.join(", ", line.getSubcommands().keySet()));
    }

    private static int wrongArguments(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        CommandSpec spec = command.getCommandSpec();
        command.getErr().println(spec.qualifiedName() + ": " + mistake.getMessage());
        command.getErr().println("Try '" + spec.qualifiedName() + " --help'.");
        return ExitStatus.MISTAKE;
    }

    private int failed(Throwable failure) {
        if (debug) {
            failure.printStackTrace(line.getErr());
        }
        if (failure instanceof UserException) {
            line.getErr().println("descent: " + failure.getMessage());
            return ExitStatus.MISTAKE;
        }
        line.getErr().println("descent: this is a bug in Descent: " + Failure.summary(failure));
        if (!debug) {
            line.getErr().println("The same command with --debug shows where it happened.");
        }
        return ExitStatus.FAILURE;
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
