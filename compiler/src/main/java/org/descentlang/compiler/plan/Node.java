package org.descentlang.compiler.plan;

import java.util.List;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.type.ElementType;

/** A step of a kernel's scalar code; it refers to earlier ones by their position in {@link Code}. */
public sealed interface Node {
    ElementType element();

    /** An element of a value in memory, {@code offset} elements after its first. */
    record Load(int value, Affine offset, ElementType element) implements Node {}

    record Literal(double value, ElementType element) implements Node {}

    /** A number that the host has computed. */
    record Host(int value, ElementType element) implements Node {}

    /** A position along an axis, as i32. */
    record Position(Affine position) implements Node {
        @Override
        public ElementType element() {
            return ElementType.I32;
        }
    }

    /** An element-wise operation. */
    record Apply(Op.ElementWise op, List<Integer> operands, ElementType element) implements Node {
        public Apply {
            operands = List.copyOf(operands);
        }
    }

    /** What a reduction over the row came to, once its pass is over. */
    record Reduced(int value, ElementType element) implements Node {}
}
