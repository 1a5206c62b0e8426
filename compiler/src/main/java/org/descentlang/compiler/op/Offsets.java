package org.descentlang.compiler.op;

/** Where a tensor's elements are. */
final class Offsets {
    private Offsets() {}

    /** For each element, in row-major order: {@code first} plus the sum over the axes of position times stride. */
    static int[] of(int[] sizes, int[] strides, int first) {
        int[] offsets = new int[TensorValue.count(sizes)];
        int[] position = new int[sizes.length];
        int offset = first;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = offset;
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                offset += strides[axis];
                if (++position[axis] < sizes[axis]) {
                    break;
                }
                offset -= sizes[axis] * strides[axis];
                position[axis] = 0;
            }
        }
        return offsets;
    }
}
