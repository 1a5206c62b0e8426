package org.descentlang.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * cublasSgemm and cublasSgemmStridedBatched as NVIDIA documents them: C = alpha op(A) op(B) + beta C, where element (i,
 * j) of a matrix lies at i + j * (its leading dimension), op(A) is m by k, op(B) k by n and C m by n.
 */
final class PlainCublas {
    private record Columns(FloatArray array, int offset, int leading, int operation) {
        /** Of the matrix after its operation. */
        float get(int row, int column) {
            int at = operation == 0 ? row + column * leading : column + row * leading;
            return array.get(offset + at);
        }
    }

    private PlainCublas() {}

    static void run(LibraryTaskDescriptor call) {
        List<Object> arguments = List.of(call.getParameters());
        boolean several = call.getFunctionName().equals("cublasSgemmStridedBatched");
        assertThat(arguments).hasSize(several ? 20 : 16);
        int count = several ? (int) arguments.get(16) : 1;
        for (int one = 0; one < count; one++) {
            multiply(arguments, several, one);
        }
    }

    /** The three matrices stand at 6, 8 and 11 or, each with a step behind it, at 6, 9 and 13. */
    private static void multiply(List<Object> arguments, boolean several, int one) {
        int m = (int) arguments.get(2);
        int n = (int) arguments.get(3);
        int k = (int) arguments.get(4);
        float alpha = (float) arguments.get(5);
        Columns a = columns(arguments, 6, 3, several, one, (int) arguments.get(0));
        Columns b = columns(arguments, several ? 9 : 8, 2, several, one, (int) arguments.get(1));
        Columns c = columns(arguments, several ? 13 : 11, 1, several, one, 0);
        float beta = (float) arguments.get(several ? 12 : 10);
        assertThat(a.leading).isGreaterThanOrEqualTo(a.operation == 0 ? m : k);
        assertThat(b.leading).isGreaterThanOrEqualTo(b.operation == 0 ? k : n);
        assertThat(c.leading).isGreaterThanOrEqualTo(m);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                float sum = 0;
                for (int l = 0; l < k; l++) {
                    sum += a.get(i, l) * b.get(l, j);
                }
                // With beta 0, C need not hold numbers.
                float before = beta == 0 ? 0 : beta * c.get(i, j);
                c.array.set(c.offset + i + j * c.leading, alpha * sum + before);
            }
        }
    }

    private static Columns columns(
            List<Object> arguments, int at, int fromTheEnd, boolean several, int one, int operation) {
        int offset = (int) arguments.get(arguments.size() - fromTheEnd);
        int step = several ? (int) (long) arguments.get(at + 2) : 0;
        return new Columns((FloatArray) arguments.get(at), offset + one * step, (int) arguments.get(at + 1), operation);
    }
}
