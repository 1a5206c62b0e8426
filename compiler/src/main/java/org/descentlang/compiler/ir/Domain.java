package org.descentlang.compiler.ir;

import org.descentlang.compiler.type.ElementType;

/** The element types that a kind of operation takes. */
public enum Domain {
    ANY,
    NUMBERS,
    REALS,
    TRUTHS;

    public boolean has(ElementType element) {
        return switch (this) {
            case ANY -> true;
            case NUMBERS -> element != ElementType.BOOL;
            case REALS -> element == ElementType.F32;
            case TRUTHS -> element == ElementType.BOOL;
        };
    }
}
