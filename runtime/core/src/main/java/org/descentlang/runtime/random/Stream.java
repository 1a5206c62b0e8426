package org.descentlang.runtime.random;

/**
 * The places of random numbers that are drawn outside a program; those inside are numbered from 0. With the place goes
 * a draw, so that no two uses share numbers.
 */
public final class Stream {
    /** The order of the examples in an epoch, the draw. */
    public static final int SHUFFLE = -1;

    /** Which examples train, validate and test; the draw is a hash of the name of the data. */
    public static final int SPLIT = -2;

    /** First values of a parameter; the draw is a hash of its path. */
    public static final int INITIALIZER = -3;

    /** Values of a field made in memory; the draw is a hash of its name. */
    public static final int DATA = -4;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Stream() {}

    /**
     * A draw from a name, so that another parameter beside it changes nothing for this one: FNV-1a of its UTF-16 code
     * units.
     *
     * <p>Fowler, Noll, Vo: The FNV non-cryptographic hash algorithm.
     */
    public static long draw(String name) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ (name.charAt(i) & 0xff)) * FNV_PRIME;
            hash = (hash ^ (name.charAt(i) >>> 8)) * FNV_PRIME;
        }
        return hash;
    }
}
