package org.descentlang.runtime.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Eight rows of eight columns with rows and columns exchanged, in registers: halves of rows that lie 4 apart change places, then quarters of
 * rows that lie 2 apart, then eighths. Vectors of 256 bits, since AVX2 has them and those of 512 bits were not faster.
 */
final class TransposedTile {
    static final int SIZE = 8;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

    private static final VectorShuffle<Float> UP_4 = VectorShuffle.fromValues(SPECIES, 0, 1, 2, 3, 0, 1, 2, 3);
    private static final VectorShuffle<Float> DOWN_4 = VectorShuffle.fromValues(SPECIES, 4, 5, 6, 7, 4, 5, 6, 7);
    private static final VectorMask<Float> HIGH_4 = VectorMask.fromLong(SPECIES, 0b11110000);
    private static final VectorShuffle<Float> UP_2 = VectorShuffle.fromValues(SPECIES, 0, 1, 0, 1, 4, 5, 4, 5);
    private static final VectorShuffle<Float> DOWN_2 = VectorShuffle.fromValues(SPECIES, 2, 3, 2, 3, 6, 7, 6, 7);
    private static final VectorMask<Float> HIGH_2 = VectorMask.fromLong(SPECIES, 0b11001100);
    private static final VectorShuffle<Float> UP_1 = VectorShuffle.fromValues(SPECIES, 0, 0, 2, 2, 4, 4, 6, 6);
    private static final VectorShuffle<Float> DOWN_1 = VectorShuffle.fromValues(SPECIES, 1, 1, 3, 3, 5, 5, 7, 7);
    private static final VectorMask<Float> HIGH_1 = VectorMask.fromLong(SPECIES, 0b10101010);

    private TransposedTile() {}

    static void copy(float[] from, int fromAt, int fromRow, float[] to, int toAt, int toRow) {
        FloatVector row0 = FloatVector.fromArray(SPECIES, from, fromAt);
        FloatVector row1 = FloatVector.fromArray(SPECIES, from, fromAt + fromRow);
        FloatVector row2 = FloatVector.fromArray(SPECIES, from, fromAt + 2 * fromRow);
        FloatVector row3 = FloatVector.fromArray(SPECIES, from, fromAt + 3 * fromRow);
        FloatVector row4 = FloatVector.fromArray(SPECIES, from, fromAt + 4 * fromRow);
        FloatVector row5 = FloatVector.fromArray(SPECIES, from, fromAt + 5 * fromRow);
        FloatVector row6 = FloatVector.fromArray(SPECIES, from, fromAt + 6 * fromRow);
        FloatVector row7 = FloatVector.fromArray(SPECIES, from, fromAt + 7 * fromRow);
        FloatVector half0 = row0.blend(row4.rearrange(UP_4), HIGH_4);
        FloatVector half4 = row0.rearrange(DOWN_4).blend(row4, HIGH_4);
        FloatVector half1 = row1.blend(row5.rearrange(UP_4), HIGH_4);
        FloatVector half5 = row1.rearrange(DOWN_4).blend(row5, HIGH_4);
        FloatVector half2 = row2.blend(row6.rearrange(UP_4), HIGH_4);
        FloatVector half6 = row2.rearrange(DOWN_4).blend(row6, HIGH_4);
        FloatVector half3 = row3.blend(row7.rearrange(UP_4), HIGH_4);
        FloatVector half7 = row3.rearrange(DOWN_4).blend(row7, HIGH_4);
        FloatVector quarter0 = half0.blend(half2.rearrange(UP_2), HIGH_2);
        FloatVector quarter2 = half0.rearrange(DOWN_2).blend(half2, HIGH_2);
        FloatVector quarter1 = half1.blend(half3.rearrange(UP_2), HIGH_2);
        FloatVector quarter3 = half1.rearrange(DOWN_2).blend(half3, HIGH_2);
        FloatVector quarter4 = half4.blend(half6.rearrange(UP_2), HIGH_2);
        FloatVector quarter6 = half4.rearrange(DOWN_2).blend(half6, HIGH_2);
        FloatVector quarter5 = half5.blend(half7.rearrange(UP_2), HIGH_2);
        FloatVector quarter7 = half5.rearrange(DOWN_2).blend(half7, HIGH_2);
        FloatVector column0 = quarter0.blend(quarter1.rearrange(UP_1), HIGH_1);
        FloatVector column1 = quarter0.rearrange(DOWN_1).blend(quarter1, HIGH_1);
        FloatVector column2 = quarter2.blend(quarter3.rearrange(UP_1), HIGH_1);
        FloatVector column3 = quarter2.rearrange(DOWN_1).blend(quarter3, HIGH_1);
        FloatVector column4 = quarter4.blend(quarter5.rearrange(UP_1), HIGH_1);
        FloatVector column5 = quarter4.rearrange(DOWN_1).blend(quarter5, HIGH_1);
        FloatVector column6 = quarter6.blend(quarter7.rearrange(UP_1), HIGH_1);
        FloatVector column7 = quarter6.rearrange(DOWN_1).blend(quarter7, HIGH_1);
        column0.intoArray(to, toAt);
        column1.intoArray(to, toAt + toRow);
        column2.intoArray(to, toAt + 2 * toRow);
        column3.intoArray(to, toAt + 3 * toRow);
        column4.intoArray(to, toAt + 4 * toRow);
        column5.intoArray(to, toAt + 5 * toRow);
        column6.intoArray(to, toAt + 6 * toRow);
        column7.intoArray(to, toAt + 7 * toRow);
    }
}
