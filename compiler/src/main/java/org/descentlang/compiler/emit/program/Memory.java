package org.descentlang.compiler.emit.program;

import com.palantir.javapoet.CodeBlock;
import java.util.Arrays;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.type.Dim;

/** Places of values in memory as Java. */
final class Memory {
    private Memory() {}

    static CodeBlock filled(Place place, Dim count) {
        return CodeBlock.of("$T.fill($L, $L, $L, 0)", Arrays.class, place.slab().text(), at(place), end(place, count));
    }

    static String end(Place place, Dim count) {
        return count.isFixed()
                ? Positions.offset(place.offset().plus(count))
                : at(place) + " + " + Positions.size(count);
    }

    static String at(Place place) {
        return Positions.offset(place.offset());
    }

    /** @param further elements after the first, as an expression */
    static String at(Place place, String further) {
        String start = at(place);
        return further.equals("0") ? start : start.equals("0") ? further : start + " + " + further;
    }
}
