package org.descentlang.cli;

import java.nio.file.Path;

/** The samples of this repository; tests run in the module's folder. */
final class Samples {
    static final Path DIGITS = Path.of("../../samples/digits/src/main/opt/digits.opt");
    static final Path RACE = Path.of("../../samples/race/src/main/opt/race.opt");

    private Samples() {}
}
