package org.descentlang.compiler.lower;

import java.util.Optional;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;

/** Arithmetic on sizes that depend on the batch. What leaves the form `factor * batch^power` is no size any more. */
final class Sizes {
    private Sizes() {}

    /** The value as a dimension, if it can be one. */
    static Optional<Dim> dim(Value value) {
        if (value instanceof Value.Number number && number.isWhole() && number.value() >= 0) {
            return Optional.of(Dim.of((long) number.value()));
        }
        return value instanceof Value.Size(Dim size) ? Optional.of(size) : Optional.empty();
    }

    static Value value(Dim dim) {
        return dim.isFixed() ? Value.Number.of((double) dim.factor()) : new Value.Size(dim);
    }

    static Optional<Value> times(Value left, Value right) {
        if (!(left instanceof Value.Size) && !(right instanceof Value.Size)) {
            return Optional.empty();
        }
        return dim(left).flatMap(a -> dim(right).flatMap(b -> times(a, b))).map(Value.Size::new);
    }

    static Optional<Value> divided(Value left, Value right) {
        if (left instanceof Value.Size(Dim size)
                && right instanceof Value.Number
                && dim(right).isPresent()) {
            long divisor = dim(right).get().fixed();
            return divisor != 0 && size.factor() % divisor == 0
                    ? Optional.of(new Value.Size(new Dim(size.factor() / divisor, size.power())))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    /** The product, unless it is too large to be a size. */
    static Optional<Dim> times(Dim a, Dim b) {
        try {
            return Optional.of(a.times(b));
        } catch (ArithmeticException tooLarge) {
            return Optional.empty();
        }
    }

    /** Whether a Java array could hold the tensor, for a batch of one. */
    static boolean isAddressable(Shape shape) {
        Dim count = Dim.ONE;
        for (Dim dim : shape.dims()) {
            Optional<Dim> product = times(count, dim);
            if (product.isEmpty() || product.get().factor() > Integer.MAX_VALUE) {
                return false;
            }
            count = product.get();
        }
        return true;
    }
}
