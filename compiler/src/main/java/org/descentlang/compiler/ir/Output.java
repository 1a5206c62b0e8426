package org.descentlang.compiler.ir;

/** A value that leaves the program: what it is, under which name, and the instruction that computes it. */
public record Output(Sink sink, String name, int value) {
    public enum Sink implements Op.Kind {
        /** A loss, a metric, a prediction, a converted data field. */
        RESULT,
        /** The gradient of the parameter with this path. */
        GRADIENT,
        /** New running state. */
        RUNNING,
        /** New parameters of a group; in a look-ahead program, where the gradient is to be taken. */
        PARAMETER,
        /** New state of the update rule, `name@group`. */
        STATE,
        /** For the next turn, in a loop's body. */
        CARRIED,
        /** This turn's element of a tensor. */
        ELEMENT
    }
}
