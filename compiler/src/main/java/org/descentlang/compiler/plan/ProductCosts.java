package org.descentlang.compiler.plan;

import java.util.Comparator;
import java.util.stream.Stream;
import org.descentlang.compiler.plan.Tiling.Tile;

/**
 * The time of a matrix product, cut in one way or another, for the largest batch. The unit is the time of a
 * multiply-add of one vector; what other things cost in it was measured on an AMD EPYC (docs/design/0007).
 */
final class ProductCosts {
    /** Of spreading a number of A over a vector, beside the multiply-adds that wait for it. */
    private static final double SPREAD = 0.35;

    /** A sum's next multiply-add starts so much later: with fewer sums in a tile, the machine waits. */
    private static final double LATENCY = 4;

    /** Of taking a vector of the result from memory and putting it back. */
    private static final double EXCHANGE = 2;

    /** Of an element of B that is stored as its transpose. */
    private static final double TRANSPOSE = 0.5;

    /** What a thread reads of a transposed B counts so often more. */
    private static final long TRANSPOSE_BY_EACH = 5;

    /** Multiply-adds of about two microseconds; a thread costs less than half of one to start and to wait for. */
    private static final long PART = 1 << 16;

    private static final int WIDEST = 4;
    private static final int ROWS = 6;
    private static final int ROWS_OF_NARROW = 4;

    /** Links of a block are no fewer: the result is read and written once for each block. */
    private static final long SHALLOWEST = 64;

    private final boolean transposeLeft;
    private final boolean transposeRight;
    private final long m;
    private final long n;
    private final long k;

    private ProductCosts(Product product, Capacity capacity) {
        this.transposeLeft = product.transposeLeft();
        this.transposeRight = product.transposeRight();
        this.m = Math.max(1, capacity.estimate(product.m()));
        this.n = Math.max(1, capacity.estimate(product.n()));
        this.k = Math.max(1, capacity.estimate(product.k()));
    }

    static Tiling cheapest(Product product, Capacity capacity) {
        return new ProductCosts(product, capacity).cheapest();
    }

    private Tiling cheapest() {
        var tiles = Machine.ALL.stream().map(this::tile).toList();
        boolean byColumns = m < (transposeRight ? TRANSPOSE_BY_EACH * n : n);
        return new Tiling(tiles, (int) depth(), byColumns, PART, Math.max(1, m * n * k / PART));
    }

    private Tile tile(Machine machine) {
        double least = (double) m * n * k / machine.lanes();
        return Stream.of(1, 2, WIDEST)
                .filter(vectors -> rows(vectors) * vectors + vectors + 1 <= machine.registers())
                .map(vectors ->
                        new Tile(machine.bits(), rows(vectors), vectors, least / cost(machine.lanes(), vectors)))
                .max(Comparator.comparingDouble(Tile::share))
                .orElseThrow();
    }

    private static int rows(int vectors) {
        return vectors == 1 ? ROWS_OF_NARROW : ROWS;
    }

    /**
     * Panels of tiles {@code vectors} wide, then of narrower ones; the last column may fill its vector in part only.
     */
    private double cost(int lanes, int vectors) {
        double cost = transposeRight ? TRANSPOSE * k * n : 0;
        long left = n;
        for (int width = vectors; width >= 1; width /= 2) {
            long panels = width == 1 ? Math.ceilDiv(left, lanes) : left / ((long) width * lanes);
            cost += panels * panel(width);
            left -= panels * width * lanes;
        }
        return cost;
    }

    private double panel(int vectors) {
        int rows = rows(vectors);
        long full = m / rows;
        double tiles = full * link(rows, vectors) + m % rows * link(1, vectors);
        return k * tiles + Math.ceilDiv(k, depth()) * m * vectors * EXCHANGE;
    }

    private static double link(int rows, int vectors) {
        return Math.max(LATENCY, rows * (vectors + SPREAD));
    }

    /**
     * A panel's block of B stays in a fourth of the cache. Lines of a transposed A lie a row apart: where that is a
     * multiple of a large power of two, they share a few sets of the cache, which hold no more. Blocks are equally
     * deep.
     */
    private long depth() {
        long most = Machine.CACHE / 4 / (WIDEST * Machine.LINE);
        if (transposeLeft) {
            long apart = Math.max(Machine.LINE, Long.lowestOneBit(m * Float.BYTES));
            most = Math.max(SHALLOWEST, Math.min(most, Machine.CACHE / apart));
        }
        return Math.ceilDiv(k, Math.ceilDiv(k, most));
    }
}
