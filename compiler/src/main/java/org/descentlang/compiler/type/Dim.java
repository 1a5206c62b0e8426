package org.descentlang.compiler.type;

/**
 * A dimension: {@code factor * batch^power}. The example dimension `batch` is the only one that may be unknown when
 * compiling, so a number and a power say everything that a shape needs.
 */
public record Dim(long factor, int power) {
    public static final Dim BATCH = new Dim(1, 1);
    public static final Dim ONE = new Dim(1, 0);

    public Dim {
        if (factor < 0 || power < 0) {
            throw new IllegalArgumentException("no dimension: " + factor + " * batch^" + power);
        }
    }

    public static Dim of(long size) {
        return new Dim(size, 0);
    }

    /** Whether the size is known at compile time. */
    public boolean isFixed() {
        return power == 0;
    }

    public boolean isOne() {
        return equals(ONE);
    }

    /** The size for a batch of {@code batch} examples. */
    public long size(long batch) {
        long size = factor;
        for (int i = 0; i < power; i++) {
            size = Math.multiplyExact(size, batch);
        }
        return size;
    }

    /** The size of a dimension that is known at compile time. */
    public long fixed() {
        if (!isFixed()) {
            throw new IllegalStateException(this + " is not known when compiling");
        }
        return factor;
    }

    public Dim times(Dim other) {
        return new Dim(Math.multiplyExact(factor, other.factor), power + other.power);
    }

    @Override
    public String toString() {
        if (power == 0) {
            return Long.toString(factor);
        }
        String batch = power == 1 ? "batch" : "batch^" + power;
        return factor == 1 ? batch : factor + " * " + batch;
    }
}
