package org.descentlang.runtime.kernel.matrix;

/**
 * A matrix product on one thread.
 *
 * <p>Every kernel gives the same bits: element (i, j) is the chain of fused multiply-adds over p = 0, 1, …, k - 1 that
 * starts with 0, or with what C held. Blocking, tile shapes, vector lengths and threads change when links of the chains
 * are computed, not the chains.
 */
public interface MatrixKernel {
    /** Numbers in what {@link org.descentlang.runtime.kernel.Tiling#vectors} counts. */
    int lanes();

    /** @return columns of C that a call best has: those of a tile, or of several */
    int panel(int tile);

    /**
     * C = A B, or C += A B with {@code add}, for A [m, k], B [k, n], C [m, n].
     *
     * <p>Element (i, p) of A is {@code a[aStart + i * aRow + p * aColumn]}, where one of the strides is 1; element (p,
     * j) of B is {@code b[bStart + p * bRow + j]}; element (i, j) of C is {@code c[cStart + i * cRow + j]}. C overlaps
     * neither A nor B.
     *
     * @param tile columns of C that stay in registers, if there are as many: 1, 2 or 4 times {@link #lanes}
     */
    void multiply(
            int m,
            int n,
            int k,
            float[] a,
            int aStart,
            int aRow,
            int aColumn,
            float[] b,
            int bStart,
            int bRow,
            float[] c,
            int cStart,
            int cRow,
            boolean add,
            int tile);

    /**
     * [rows, columns] to [columns, rows], from rows at a distance of {@code fromRow} to rows at a distance of
     * {@code toRow}.
     */
    void transpose(int rows, int columns, float[] from, int fromAt, int fromRow, float[] to, int toAt, int toRow);
}
