package org.descentlang.runtime.kernel;

/**
 * C = A B for row-major matrices that lie in three arrays: how they are stored and how the product is cut. Prepared
 * once, carried out for places and sizes; see {@link MatrixProducts}.
 */
public final class MatrixProduct {
    private final MatrixProducts products;
    private final float[] a;
    private final float[] b;
    private final float[] c;
    private boolean transposeA;
    private boolean transposeB;
    private boolean sharedB;
    private Tiling tiling = new Tiling(1, 1, false, 1);

    MatrixProduct(MatrixProducts products, float[] a, float[] b, float[] c) {
        this.products = products;
        this.a = a;
        this.b = b;
        this.c = c;
    }

    /** A is stored as [k, m] instead of [m, k]. */
    public MatrixProduct transposeA() {
        transposeA = true;
        return this;
    }

    /** B is stored as [n, k] instead of [k, n]. */
    public MatrixProduct transposeB() {
        transposeB = true;
        return this;
    }

    /** {@link #multiplyEach} has one B for all. */
    public MatrixProduct shareB() {
        sharedB = true;
        return this;
    }

    /** Changes the time that it takes, not the result. */
    public MatrixProduct tiled(Tiling tiles) {
        tiling = tiles;
        return this;
    }

    /** C [m, n] = A [m, k] B [k, n], which begin at these places of their arrays. */
    public void multiply(int m, int n, int k, int placeOfA, int placeOfB, int placeOfC) {
        products.multiply(transposeA, transposeB, m, n, k, a, placeOfA, b, placeOfB, c, placeOfC, false, tiling);
    }

    /** {@code count} products of matrices that follow each other. */
    public void multiplyEach(int count, int m, int n, int k, int placeOfA, int placeOfB, int placeOfC) {
        int stepOfB = sharedB ? 0 : k * n;
        for (int i = 0; i < count; i++) {
            multiply(m, n, k, placeOfA + i * m * k, placeOfB + i * stepOfB, placeOfC + i * m * n);
        }
    }
}
