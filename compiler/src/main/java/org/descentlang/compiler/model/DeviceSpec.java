package org.descentlang.compiler.model;

import java.util.regex.Pattern;
import org.descentlang.compiler.source.Span;

/**
 * Where a training runs.
 *
 * @param name `auto`, `cpu`, `gpu`, `fpga`, or a device of TornadoVM such as `0:1`: backend, then number
 * @param products of matrices, where the device can do it otherwise than in f32
 * @param span of the clause, or of the training that has none
 */
public record DeviceSpec(String name, Precision products, Span span) {
    private static final Pattern NAME = Pattern.compile("auto|cpu|gpu|fpga|\\d{1,4}:\\d{1,4}");

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    public DeviceSpec {
        if (!isName(name)) {
            throw new IllegalArgumentException("no device can be called " + name);
        }
    }

    /** With all that is usual. */
    public static DeviceSpec of(String name, Span span) {
        return new DeviceSpec(name, Precision.F32, span);
    }

    /** The same on another device. */
    public DeviceSpec on(String other) {
        return new DeviceSpec(other, products, span);
    }

    /** `gpu`, `gpu (products in tf32)`. */
    @Override
    public String toString() {
        return switch (products) {
            case F32 -> name;
            case TF32 -> name + " (products in tf32)";
        };
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
