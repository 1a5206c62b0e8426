package org.descentlang.runtime.tornado;

/** How many rows a batch has, of those that matrix products are made for. */
public enum BatchSize {
    /** All. */
    FULL(""),
    /** So many that a product of a full batch, padded with zeros, is worth it. */
    PART("Part"),
    /** Few: of data with fewer examples than a batch, for instance. */
    FEW("Few");

    /** A product of a library is several times faster than generated loops. */
    private static final int FASTER = 8;

    private final String suffix;

    BatchSize(String suffix) {
        this.suffix = suffix;
    }

    /** Of the names of graphs for such batches. */
    String suffix() {
        return suffix;
    }

    static BatchSize of(int rows, int all) {
        if (rows == all) {
            return FULL;
        }
        return rows >= all / FASTER ? PART : FEW;
    }
}
