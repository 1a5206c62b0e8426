package org.descentlang.runtime.model;

import java.util.List;
import org.descentlang.runtime.random.Philox;
import org.descentlang.runtime.random.Stream;

/**
 * A random matrix with orthonormal rows, or columns if there are fewer of them.
 *
 * <p>Saxe, McClelland, Ganguli: Exact solutions to the nonlinear dynamics of learning in deep linear neural networks.
 * 2014. Normal vectors made orthonormal one after the other are uniformly distributed (Mezzadri 2007: the signs of QR's
 * diagonal are positive here).
 */
final class Orthogonal {
    private Orthogonal() {}

    /** More than two dimensions count as [product of all but the last, last]. */
    static void fill(long seed, long draw, List<Integer> shape, double gain, float[] values, int from) {
        int columns = shape.isEmpty() ? 1 : shape.getLast();
        int count = shape.stream().reduce(1, Math::multiplyExact);
        int rows = count / columns;
        boolean wide = rows <= columns;
        int vectors = Math.min(rows, columns);
        int length = Math.max(rows, columns);
        double[][] basis = new double[vectors][length];
        for (int v = 0; v < vectors; v++) {
            for (int i = 0; i < length; i++) {
                basis[v][i] = Philox.normal(seed, draw, Stream.INITIALIZER, (long) v * length + i);
            }
            orthonormalise(basis, v);
        }
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double entry = wide ? basis[row][column] : basis[column][row];
                values[from + row * columns + column] = (float) (gain * entry);
            }
        }
    }

    /** Modified Gram-Schmidt, twice: once would lose orthogonality in square matrices (Giraud, Langou 2005). */
    private static void orthonormalise(double[][] basis, int v) {
        for (int pass = 0; pass < 2; pass++) {
            for (int other = 0; other < v; other++) {
                subtract(basis[v], dot(basis[v], basis[other]), basis[other]);
            }
        }
        double norm = Math.sqrt(dot(basis[v], basis[v]));
        for (int i = 0; i < basis[v].length; i++) {
            basis[v][i] /= norm;
        }
    }

    private static void subtract(double[] target, double factor, double[] vector) {
        for (int i = 0; i < target.length; i++) {
            target[i] -= factor * vector[i];
        }
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
