package org.descentlang.compiler.plan;

import java.util.List;

/**
 * How a matrix product is cut; {@link ProductCosts} decides it.
 *
 * @param tiles for each {@link Machine}
 * @param depth links of the sums that are computed at a time
 * @param byColumns whether threads divide the columns of the result first, else its rows
 * @param part multiply-adds from which on another thread pays
 * @param mostParts that it is divided into, were there so many threads
 */
public record Tiling(List<Tile> tiles, int depth, boolean byColumns, long part, long mostParts) {
    public Tiling {
        tiles = List.copyOf(tiles);
    }

    /**
     * A block of the result that stays in registers.
     *
     * @param bits of a vector
     * @param vectors side by side in a row
     * @param share of the time, at the machine's most multiply-adds a second, in what the product is predicted to take
     */
    public record Tile(int bits, int rows, int vectors, double share) {}

    public boolean isParallel() {
        return mostParts > 1;
    }
}
