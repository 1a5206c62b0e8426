package org.descentlang.compiler.emit.text;

import com.palantir.javapoet.CodeBlock;
import org.descentlang.compiler.ir.Op.Reduction;

/** How a reduction takes in one more value. */
public final class Accumulation {
    private Accumulation() {}

    public static CodeBlock step(Reduction reduction, String target, CodeBlock value) {
        return switch (reduction) {
            case SUM -> CodeBlock.of("$L += $L", target, value);
            case PRODUCT -> CodeBlock.of("$L *= $L", target, value);
            case MAXIMUM -> CodeBlock.of("$1L = $2T.max($1L, $3L)", target, Math.class, value);
            case MINIMUM -> CodeBlock.of("$1L = $2T.min($1L, $3L)", target, Math.class, value);
        };
    }
}
