package org.descentlang.runtime.kernel.vector;

import static org.descentlang.runtime.kernel.vector.VectorMatrixKernel.LANES;
import static org.descentlang.runtime.kernel.vector.VectorMatrixKernel.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * As many rows and columns as a vector has lanes, rows and columns exchanged: halves of rows that lie half a tile apart
 * change places, then quarters, and so on. Every two steps the tile goes to memory: in registers they make a method so
 * long that HotSpot puts its vectors on the heap. The steps differ in their distances only and yet are written out:
 * HotSpot has to see constant shuffles and masks.
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
                halvesAndQuarters(from, fromAt, fromRow, to, toAt, toRow);
                pairsAndSingles(to, toAt, toRow, to, toAt, toRow);
            }
            case 8 -> {
                halves(from, fromAt, fromRow, to, toAt, toRow);
                pairsAndSingles(to, toAt, toRow, to, toAt, toRow);
            }
            default -> pairsAndSingles(from, fromAt, fromRow, to, toAt, toRow);
        }
    }

    /** Of 16 lanes. */
    private static void halvesAndQuarters(float[] from, int fromAt, int fromRow, float[] to, int toAt, int toRow) {
        for (int row = 0; row < 4; row++) {
            FloatVector row0 = FloatVector.fromArray(SPECIES, from, fromAt + row * fromRow);
            FloatVector row1 = FloatVector.fromArray(SPECIES, from, fromAt + (row + 4) * fromRow);
            FloatVector row2 = FloatVector.fromArray(SPECIES, from, fromAt + (row + 8) * fromRow);
            FloatVector row3 = FloatVector.fromArray(SPECIES, from, fromAt + (row + 12) * fromRow);
            FloatVector half0 = row0.blend(row2.rearrange(UP_8), HIGH_8);
            FloatVector half1 = row1.blend(row3.rearrange(UP_8), HIGH_8);
            FloatVector half2 = row0.rearrange(DOWN_8).blend(row2, HIGH_8);
            FloatVector half3 = row1.rearrange(DOWN_8).blend(row3, HIGH_8);
            half0.blend(half1.rearrange(UP_4), HIGH_4).intoArray(to, toAt + row * toRow);
            half0.rearrange(DOWN_4).blend(half1, HIGH_4).intoArray(to, toAt + (row + 4) * toRow);
            half2.blend(half3.rearrange(UP_4), HIGH_4).intoArray(to, toAt + (row + 8) * toRow);
            half2.rearrange(DOWN_4).blend(half3, HIGH_4).intoArray(to, toAt + (row + 12) * toRow);
        }
    }

    /** Of 8 lanes. */
    private static void halves(float[] from, int fromAt, int fromRow, float[] to, int toAt, int toRow) {
        for (int row = 0; row < 4; row++) {
            FloatVector first = FloatVector.fromArray(SPECIES, from, fromAt + row * fromRow);
            FloatVector second = FloatVector.fromArray(SPECIES, from, fromAt + (row + 4) * fromRow);
            first.blend(second.rearrange(UP_4), HIGH_4).intoArray(to, toAt + row * toRow);
            first.rearrange(DOWN_4).blend(second, HIGH_4).intoArray(to, toAt + (row + 4) * toRow);
        }
    }

    /** The last two steps. */
    private static void pairsAndSingles(float[] from, int fromAt, int fromRow, float[] to, int toAt, int toRow) {
        for (int row = 0; row < LANES; row += 4) {
            FloatVector row0 = FloatVector.fromArray(SPECIES, from, fromAt + row * fromRow);
            FloatVector row1 = FloatVector.fromArray(SPECIES, from, fromAt + (row + 1) * fromRow);
            FloatVector row2 = FloatVector.fromArray(SPECIES, from, fromAt + (row + 2) * fromRow);
            FloatVector row3 = FloatVector.fromArray(SPECIES, from, fromAt + (row + 3) * fromRow);
            FloatVector half0 = row0.blend(row2.rearrange(UP_2), HIGH_2);
            FloatVector half1 = row1.blend(row3.rearrange(UP_2), HIGH_2);
            FloatVector half2 = row0.rearrange(DOWN_2).blend(row2, HIGH_2);
            FloatVector half3 = row1.rearrange(DOWN_2).blend(row3, HIGH_2);
            half0.blend(half1.rearrange(UP_1), HIGH_1).intoArray(to, toAt + row * toRow);
            half0.rearrange(DOWN_1).blend(half1, HIGH_1).intoArray(to, toAt + (row + 1) * toRow);
            half2.blend(half3.rearrange(UP_1), HIGH_1).intoArray(to, toAt + (row + 2) * toRow);
            half2.rearrange(DOWN_1).blend(half3, HIGH_1).intoArray(to, toAt + (row + 3) * toRow);
        }
    }
}
