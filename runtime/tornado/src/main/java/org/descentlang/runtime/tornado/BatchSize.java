package org.descentlang.runtime.tornado;

/** How many rows a batch has, of those that matrix products are made for. */
public enum BatchSize {
    /** All. */
    FULL,
    /** So many that a product of a full batch, padded with zeros, is worth it. */
    PART,
    /** Few: of data with fewer examples than a batch, for instance. */
    FEW;

    /** A product of a library is several times faster than generated loops. */
    private static final int FASTER = 8;

    static BatchSize of(int rows, int all) {
        if (rows == all) {
            return FULL;
        }
        return rows >= all / FASTER ? PART : FEW;
    }
}
