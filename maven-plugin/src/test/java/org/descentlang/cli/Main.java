package org.descentlang.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Stands in for the `descent` command: says what it was told to say, and ends as it was told to end. */
public final class Main {
    private Main() {}

    /** Arguments: {@code out TEXT}, {@code err TEXT}, {@code property NAME}, {@code exit STATUS}, in any number. */
    public static void main(String[] arguments) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        for (int i = 0; i < arguments.length; i += 2) {
            var value = arguments[i + 1];
            switch (arguments[i]) {
                case "out" -> out.println(value);
                case "err" -> err.println(value);
                case "property" -> out.println(System.getProperty(value));
                case "exit" -> System.exit(Integer.parseInt(value));
                default -> throw new IllegalArgumentException(arguments[i]);
            }
        }
    }
}
