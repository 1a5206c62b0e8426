package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.type.Shape;

/** The one rule by which shapes combine element by element (language reference, types and shapes). */
final class Broadcasting {
    private Broadcasting() {}

    /**
     * The shape of both after stretching: equal, one a scalar, one a suffix of the other, or equal ranks with a literal
     * 1. Empty if they do not combine.
     */
    static Optional<Shape> combine(Shape a, Shape b) {
        if (a.equals(b) || b.isScalar() || isSuffix(b, a)) {
            return Optional.of(a);
        }
        if (a.isScalar() || isSuffix(a, b)) {
            return Optional.of(b);
        }
        return a.rank() == b.rank() ? stretchOnes(a, b) : Optional.empty();
    }

    private static boolean isSuffix(Shape suffix, Shape shape) {
        int lead = shape.rank() - suffix.rank();
        return lead >= 0 && shape.dims().subList(lead, shape.rank()).equals(suffix.dims());
    }

    private static Optional<Shape> stretchOnes(Shape a, Shape b) {
        var dims = new ArrayList<>(a.dims());
        for (int i = 0; i < dims.size(); i++) {
            if (a.dim(i).isOne()) {
                dims.set(i, b.dim(i));
            } else if (!b.dim(i).isOne() && !a.dim(i).equals(b.dim(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(new Shape(dims));
    }

    /** The tensor repeated to {@code shape}, with which it combines. */
    static Value.Tensor stretch(ProgramBuilder builder, Value.Tensor tensor, Shape shape) {
        Shape from = tensor.type().shape();
        if (from.equals(shape)) {
            return tensor;
        }
        int lead = shape.rank() - from.rank();
        List<Integer> kept = IntStream.range(0, from.rank())
                .filter(i -> from.dim(i).equals(shape.dim(lead + i)))
                .boxed()
                .toList();
        int source = tensor.id();
        if (kept.size() < from.rank()) {
            source = builder.add(
                    new Op.Reshape(new Shape(kept.stream().map(from::dim).toList())), source);
        }
        int stretched = builder.add(
                new Op.Broadcast(shape, kept.stream().map(i -> lead + i).toList()), source);
        var axes = new ArrayList<>(
                IntStream.range(0, shape.rank()).mapToObj(i -> Axis.PLAIN).toList());
        kept.forEach(i -> axes.set(lead + i, tensor.axes().get(i)));
        return new Value.Tensor(stretched, tensor.type().as(shape), axes, tensor.bound());
    }
}
