package org.descentlang.compiler.ir;

/** What it takes to compute an element. */
public enum Cost {
    SUM(1),
    ROOT(4),
    FUNCTION(16);

    private final int sums;

    Cost(int sums) {
        this.sums = sums;
    }

    /** About how many sums take as long. */
    public int sums() {
        return sums;
    }
}
