package org.descentlang.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.descentlang.compiler.emit.kernel.VectorValue.Kind;
import org.descentlang.compiler.emit.text.RuntimeNames;
import org.descentlang.compiler.emit.text.Text;
import org.descentlang.compiler.type.ElementType;

/**
 * Vectors whose elements lie apart in memory. With an index map where the machine has an instruction for it: AVX-512
 * loads and stores so, AVX2 only loads, NEON neither. Else the Vector API would go from lane to lane with objects, so
 * they pass through scratch memory.
 */
public final class Strided {
    private static final String SCRATCH = "0";

    private final CodeBlock.Builder body;
    private final int lanes;
    private final Set<Long> maps = new TreeSet<>();
    private int gathered;

    Strided(CodeBlock.Builder body, int lanes) {
        this.body = body;
        this.lanes = lanes;
    }

    /** The field with the index map of vectors whose elements are {@code stride} apart. */
    public static String map(long stride) {
        return "BY_" + stride;
    }

    /** Strides for which the text needs an index map. */
    Set<Long> maps() {
        return Set.copyOf(maps);
    }

    /** Whether it is gathered in scratch memory. */
    boolean isGathered(ElementType element, long stride) {
        return stride != 1 && element == ElementType.F32 && lanes <= 4;
    }

    /** @param plane where in scratch memory it may stay */
    VectorValue load(ElementType element, String array, String position, long stride, Optional<String> plane) {
        if (!isGathered(element, stride)) {
            CodeBlock map = stride == 1 ? CodeBlock.of("") : mapped(stride);
            return VectorText.load(element, array, position, map, map);
        }
        String at = plane.orElse(SCRATCH);
        body.addStatement(
                "$T.gather($L, $L, $L, lanes, $L, $L)", RuntimeNames.LANES, array, position, stride, at, lanes);
        Text vector = Text.primary("$T.fromArray(FLOATS, lanes, $L)", VectorText.FLOAT_VECTOR, at);
        if (plane.isPresent()) {
            return new VectorValue(Kind.FLOATS, vector);
        }
        String name = "g" + gathered++;
        body.addStatement("$T $L = $L", VectorText.FLOAT_VECTOR, name, vector.code());
        return new VectorValue(Kind.FLOATS, Text.primary("$L", name));
    }

    /** @param plane where in scratch memory it is already */
    void store(CodeBlock vector, String array, String position, long stride, Optional<String> plane) {
        if (stride == 1) {
            body.addStatement("$L.intoArray($L, $L)", vector, array, position);
        } else if (lanes > 8) {
            body.addStatement("$L.intoArray($L, $L$L)", vector, array, position, mapped(stride));
        } else {
            if (plane.isEmpty()) {
                body.addStatement("$L.intoArray(lanes, $L)", vector, SCRATCH);
            }
            body.addStatement(
                    "$T.scatter(lanes, $L, $L, $L, $L, $L)",
                    RuntimeNames.LANES,
                    plane.orElse(SCRATCH),
                    lanes,
                    array,
                    position,
                    stride);
        }
    }

    private CodeBlock mapped(long stride) {
        maps.add(stride);
        return CodeBlock.of(", $L, 0", map(stride));
    }
}
