package org.descentlang.compiler;

import java.util.Map;
import org.descentlang.compiler.model.Target;

/**
 * @param overrides numbers that replace those of the file, by path: `optimizer.lr`, `body.dropout.rate`, `Mlp.hidden`
 * @param imports where imported files come from
 */
public record CompilerOptions(Map<String, Double> overrides, ImportResolver imports, Target target) {
    public static final CompilerOptions DEFAULT = new CompilerOptions(Map.of(), ImportResolver.NONE);

    public CompilerOptions {
        overrides = Map.copyOf(overrides);
    }

    /** For the CPU. */
    public CompilerOptions(Map<String, Double> overrides, ImportResolver imports) {
        this(overrides, imports, Target.CPU);
    }
}
