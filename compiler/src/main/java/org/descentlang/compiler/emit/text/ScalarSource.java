package org.descentlang.compiler.emit.text;

import org.descentlang.compiler.ir.Op;

/** Where generated code finds the numbers that a program reads. */
public interface ScalarSource {
    /** A double. */
    Text read(Op.Read scalar);

    /** In a turn of a loop that counts with a field of this name. */
    default ScalarSource in(String counter) {
        return this;
    }

    /** A long that keys the random numbers of a run. */
    String seed();

    /** A long that keys those of one pass. */
    String draw();
}
