package org.descentlang.compiler;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * @param overrides numbers that replace those of the file, by path: `optimizer.lr`, `body.dropout.rate`, `Mlp.hidden`
 * @param imports where imported files come from
 * @param device the device that Java is made for, given that of the file: see
 *     {@link org.descentlang.compiler.model.DeviceSpec}
 * @param training the only `train` that is wanted, with what it needs; mistakes elsewhere are not looked for
 */
public record CompilerOptions(
        Map<String, Double> overrides,
        ImportResolver imports,
        UnaryOperator<String> device,
        Optional<String> training) {
    public static final CompilerOptions DEFAULT = new CompilerOptions(Map.of(), ImportResolver.NONE);

    public CompilerOptions {
        overrides = Map.copyOf(overrides);
    }

    /** For every `train`. */
    public CompilerOptions(Map<String, Double> overrides, ImportResolver imports, UnaryOperator<String> device) {
        this(overrides, imports, device, Optional.empty());
    }

    /** For the devices of the files. */
    public CompilerOptions(Map<String, Double> overrides, ImportResolver imports) {
        this(overrides, imports, UnaryOperator.identity());
    }
}
