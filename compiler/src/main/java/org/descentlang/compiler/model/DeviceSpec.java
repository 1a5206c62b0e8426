package org.descentlang.compiler.model;

import java.util.regex.Pattern;
import org.descentlang.compiler.source.Span;

/**
 * Where a training runs.
 *
 * @param name `auto`, `cpu`, `gpu`, `fpga`, or a device of TornadoVM such as `0:1`: backend, then number
 * @param span of the clause, or of the training that has none
 */
public record DeviceSpec(String name, Span span) {
    private static final Pattern NAME = Pattern.compile("auto|cpu|gpu|fpga|\\d{1,4}:\\d{1,4}");

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    public DeviceSpec {
        if (!isName(name)) {
            throw new IllegalArgumentException("no device can be called " + name);
        }
    }

    /** What Java is made for; `auto` is the CPU until somebody looks which devices there are. */
    public Target target() {
        return switch (name) {
            case "auto", "cpu" -> Target.CPU;
            case "fpga" -> Target.TORNADO_FPGA;
            default -> Target.TORNADO;
        };
    }
}
