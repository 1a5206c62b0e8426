package org.descentlang.runtime.kernel;

/**
 * How a matrix product is cut, as the compiler has planned it. The bits of the product do not depend on it.
 *
 * @param vectors that a tile of the result is wide: 4, 2 or 1
 * @param depth links of the chains that are computed at a time
 * @param byColumns whether threads divide the columns of the result first, else its rows
 * @param part multiply-adds from which on another thread pays
 */
public record Tiling(int vectors, int depth, boolean byColumns, long part) {
    /** With a width for each length of vector; this machine's is chosen. */
    public static Tiling of(int of512Bits, int of256Bits, int of128Bits, int depth, boolean byColumns, long part) {
        int vectors = switch (Kernels.vectorBits()) {
            case 512 -> of512Bits;
            case 256 -> of256Bits;
            default -> of128Bits;
        };
        return new Tiling(vectors, depth, byColumns, part);
    }
}
