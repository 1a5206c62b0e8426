package org.descentlang.runtime.kernel;

/** Whole numbers: no value of the data can stop a program, so what is divided by zero is zero. */
public final class IntMath {
    private IntMath() {}

    public static int quotient(int a, int b) {
        return b == 0 ? 0 : a / b;
    }

    /** With the divisor's sign. */
    public static int remainder(int a, int b) {
        return b == 0 ? 0 : Math.floorMod(a, b);
    }
}
