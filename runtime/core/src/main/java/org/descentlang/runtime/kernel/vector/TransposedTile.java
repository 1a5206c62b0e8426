package org.descentlang.runtime.kernel.vector;

import static org.descentlang.runtime.kernel.vector.VectorMatrixKernel.LANES;
import static org.descentlang.runtime.kernel.vector.VectorMatrixKernel.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * As many rows and columns as a vector has lanes, rows and columns exchanged: halves of rows that lie half a tile apart change places, then
 * quarters, and so on. Between these steps the tile is where it goes to: in registers the steps make a method so long that HotSpot puts its
 * vectors on the heap.
 */
final class TransposedTile {
    static final int SIZE = LANES;

    private static final VectorShuffle<Float> UP_8 = up(8);
    private static final VectorShuffle<Float> DOWN_8 = down(8);
    private static final VectorMask<Float> HIGH_8 = high(8);
    private static final VectorShuffle<Float> UP_4 = up(4);
    private static final VectorShuffle<Float> DOWN_4 = down(4);
    private static final VectorMask<Float> HIGH_4 = high(4);
    private static final VectorShuffle<Float> UP_2 = up(2);
    private static final VectorShuffle<Float> DOWN_2 = down(2);
    private static final VectorMask<Float> HIGH_2 = high(2);
    private static final VectorShuffle<Float> UP_1 = up(1);
    private static final VectorShuffle<Float> DOWN_1 = down(1);
    private static final VectorMask<Float> HIGH_1 = high(1);

    private TransposedTile() {}

    private static VectorShuffle<Float> up(int distance) {
        return VectorShuffle.fromOp(SPECIES, lane -> lane & ~distance & LANES - 1);
    }

    private static VectorShuffle<Float> down(int distance) {
        return VectorShuffle.fromOp(SPECIES, lane -> (lane | distance) & LANES - 1);
    }

    private static VectorMask<Float> high(int distance) {
        boolean[] high = new boolean[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            high[lane] = (lane & distance) != 0;
        }
        return VectorMask.fromArray(SPECIES, high, 0);
    }

    static void copy(float[] from, int fromAt, int fromRow, float[] to, int toAt, int toRow) {
        switch (LANES) {
            case 16 -> {
                exchange8(from, fromAt, fromRow, to, toAt, toRow);
                exchange4(to, toAt, toRow, to, toAt, toRow);
                exchange2(to, toAt, toRow, to, toAt, toRow);
            }
            case 8 -> {
                exchange4(from, fromAt, fromRow, to, toAt, toRow);
                exchange2(to, toAt, toRow, to, toAt, toRow);
            }
            default -> exchange2(from, fromAt, fromRow, to, toAt, toRow);
        }
        exchange1(to, toAt, toRow, to, toAt, toRow);
    }

    private static void exchange8(float[] from, int fromAt, int fromRow, float[] to, int toAt, int toRow) {
        for (int pair = 0; pair < LANES / 2; pair++) {
            int row = pair + (pair & -8);
            FloatVector first = FloatVector.fromArray(SPECIES, from, fromAt + row * fromRow);
            FloatVector second = FloatVector.fromArray(SPECIES, from, fromAt + (row + 8) * fromRow);
            first.blend(second.rearrange(UP_8), HIGH_8).intoArray(to, toAt + row * toRow);
            first.rearrange(DOWN_8).blend(second, HIGH_8).intoArray(to, toAt + (row + 8) * toRow);
        }
    }

    private static void exchange4(float[] from, int fromAt, int fromRow, float[] to, int toAt, int toRow) {
        for (int pair = 0; pair < LANES / 2; pair++) {
            int row = pair + (pair & -4);
            FloatVector first = FloatVector.fromArray(SPECIES, from, fromAt + row * fromRow);
            FloatVector second = FloatVector.fromArray(SPECIES, from, fromAt + (row + 4) * fromRow);
            first.blend(second.rearrange(UP_4), HIGH_4).intoArray(to, toAt + row * toRow);
            first.rearrange(DOWN_4).blend(second, HIGH_4).intoArray(to, toAt + (row + 4) * toRow);
        }
    }

    private static void exchange2(float[] from, int fromAt, int fromRow, float[] to, int toAt, int toRow) {
        for (int pair = 0; pair < LANES / 2; pair++) {
            int row = pair + (pair & -2);
            FloatVector first = FloatVector.fromArray(SPECIES, from, fromAt + row * fromRow);
            FloatVector second = FloatVector.fromArray(SPECIES, from, fromAt + (row + 2) * fromRow);
            first.blend(second.rearrange(UP_2), HIGH_2).intoArray(to, toAt + row * toRow);
            first.rearrange(DOWN_2).blend(second, HIGH_2).intoArray(to, toAt + (row + 2) * toRow);
        }
    }

    private static void exchange1(float[] from, int fromAt, int fromRow, float[] to, int toAt, int toRow) {
        for (int pair = 0; pair < LANES / 2; pair++) {
            int row = pair + (pair & -1);
            FloatVector first = FloatVector.fromArray(SPECIES, from, fromAt + row * fromRow);
            FloatVector second = FloatVector.fromArray(SPECIES, from, fromAt + (row + 1) * fromRow);
            first.blend(second.rearrange(UP_1), HIGH_1).intoArray(to, toAt + row * toRow);
            first.rearrange(DOWN_1).blend(second, HIGH_1).intoArray(to, toAt + (row + 1) * toRow);
        }
    }
}
