package org.descentlang.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `descent` command.
@Command(name = "descent", mixinStandardHelpOptions = true, versionProvider = Main.Version.class)
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        ErrorStream.restore();
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    /// The version that the build wrote into the jar.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"descent " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
