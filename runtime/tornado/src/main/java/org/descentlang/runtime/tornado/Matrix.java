package org.descentlang.runtime.tornado;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A matrix in a part of an array, row after row, or several of one shape.
 *
 * @param offset of the first element
 * @param step elements from one matrix to the next; 0 if there is one
 * @param transposed whether its columns lie where rows would
 */
public record Matrix(FloatArray array, int offset, int step, boolean transposed) {}
