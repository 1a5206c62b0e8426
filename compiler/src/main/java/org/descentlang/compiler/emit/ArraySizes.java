package org.descentlang.compiler.emit;

import static org.descentlang.compiler.emit.text.RuntimeNames.ARRAY_SIZE;

import com.palantir.javapoet.CodeBlock;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.plan.Slab;
import org.descentlang.compiler.source.Span;

/**
 * How many elements arrays have, as Java. Where that is more than an array can have, it is the user's mistake, not for
 * javac to find.
 */
final class ArraySizes {
    /** Elements that an array of every JVM can have. */
    private static final long MOST = Integer.MAX_VALUE - 8;

    private final Problems problems;

    ArraySizes(Problems problems) {
        this.problems = problems;
    }

    /**
     * Whether no array is too large; those that are, are reported.
     *
     * @param span of what has the arrays
     */
    boolean fit(Span span, List<Slab> slabs, Function<Slab, List<Offset>> sizes) {
        boolean fit = true;
        for (Slab slab : slabs) {
            fit &= fits(span, slab, fixed(sizes.apply(slab)));
        }
        return fit;
    }

    private boolean fits(Span span, Slab slab, long fixed) {
        if (fixed > MOST) {
            problems.report(Problem.at(
                    span,
                    Code.TOO_LARGE,
                    String.format(
                            Locale.ROOT,
                            "%s would need an array of %,d numbers, but a Java array holds at most %,d",
                            meaning(slab),
                            fixed,
                            MOST)));
        }
        return fixed <= MOST;
    }

    /** Room for the largest. */
    static CodeBlock text(Slab slab, List<Offset> sizes) {
        CodeBlock largest = CodeBlock.of("$L", fixed(sizes));
        boolean isKnown = true;
        for (Offset size : sizes) {
            if (!size.isFixed()) {
                largest = CodeBlock.of("$T.max($L, $L)", Math.class, largest, Positions.elements(size));
                isKnown = false;
            }
        }
        return isKnown ? largest : CodeBlock.of("$T.of($S, $L)", ARRAY_SIZE, meaning(slab), largest);
    }

    private static long fixed(List<Offset> sizes) {
        return sizes.stream()
                .filter(Offset::isFixed)
                .mapToLong(Offset::fixedPart)
                .max()
                .orElse(0);
    }

    private static String meaning(Slab slab) {
        return switch (slab) {
            case FLOAT_INPUTS, INT_INPUTS -> "a batch of examples";
            case PARAMETERS, AHEAD, GRADIENTS -> "the parameters";
            case STATES -> "the state of the optimizer";
            case RUNNING -> "the running state";
            case OUTPUTS -> "the outputs";
            case STATISTICS -> "the statistics of metrics";
            case WORK, INTEGERS -> "the intermediate values of a batch";
            case COLUMNS, FIELD -> throw new IllegalArgumentException(slab.text());
        };
    }
}
