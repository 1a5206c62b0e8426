package org.descentlang.compiler;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * @param overrides numbers that replace those of the file, by path: `optimizer.lr`, `body.dropout.rate`, `Mlp.hidden`
 * @param imports where imported files come from
 * @param device the device that Java is made for, given that of the file: see {@link org.descentlang.compiler.model.DeviceSpec}
 */
public record CompilerOptions(Map<String, Double> overrides, ImportResolver imports, UnaryOperator<String> device) {
    public static final CompilerOptions DEFAULT = new CompilerOptions(Map.of(), ImportResolver.NONE);

    public CompilerOptions {
        overrides = Map.copyOf(overrides);
    }

    /** For the devices of the files. */
    public CompilerOptions(Map<String, Double> overrides, ImportResolver imports) {
        this(overrides, imports, UnaryOperator.identity());
    }
}
