package org.descentlang.compiler.model;

import java.util.ArrayList;
import java.util.regex.Pattern;
import org.descentlang.compiler.source.Span;

/**
 * Where a training runs.
 *
 * @param name `auto`, `cpu`, `gpu`, `fpga`, or a device of TornadoVM such as `0:1`: backend, then number
 * @param products of matrices, where the device can do it otherwise than in f32
 * @param lossEvery steps: the host does not wait for every single loss
 * @param span of the clause, or of the training that has none
 */
public record DeviceSpec(String name, Precision products, int lossEvery, Span span) {
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
        return new DeviceSpec(name, Precision.F32, 1, span);
    }

    /** The same on another device. */
    public DeviceSpec on(String other) {
        return new DeviceSpec(other, products, lossEvery, span);
    }

    /** As it is written: `gpu { products in tf32 }`. */
    @Override
    public String toString() {
        var settings = new ArrayList<String>();
        if (products == Precision.TF32) {
            settings.add("products in tf32");
        }
        if (lossEvery > 1) {
            settings.add("read loss every " + lossEvery + " steps");
        }
        return settings.isEmpty() ? name : "%s { %s }".formatted(name, String.join(" ", settings));
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
