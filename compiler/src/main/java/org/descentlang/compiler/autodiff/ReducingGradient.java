package org.descentlang.compiler.autodiff;

import java.util.ArrayList;
import java.util.List;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Comparison;
import org.descentlang.compiler.ir.Op.Reduction;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;

/** What became one element shares its derivative. */
final class ReducingGradient {
    private final Adjoints adjoints;

    ReducingGradient(Adjoints adjoints) {
        this.adjoints = adjoints;
    }

    void propagate(Op.Reducing op, int x, int value, int g) {
        switch (op) {
            case Op.Reduce reduce -> adjoints.add(x, reduce(reduce, x, value, g));
            case Op.ArgMax _ -> {}
        }
    }

    private int reduce(Op.Reduce reduce, int x, int value, int g) {
        List<Integer> axes = reduce.axes();
        return switch (reduce.reduction()) {
            case SUM -> repeat(g, axes, adjoints.shape(x));
            case PRODUCT -> product(axes, x, g);
            case MAXIMUM, MINIMUM -> extreme(axes, x, value, g);
        };
    }

    /** Equal shares to all elements that are the largest (or smallest), as PyTorch's `amax` does. */
    private int extreme(List<Integer> axes, int x, int value, int g) {
        Shape shape = adjoints.shape(x);
        int chosen = adjoints.compare(Comparison.EQUAL, x, repeat(value, axes, shape));
        int count = adjoints.sum(adjoints.apply(new Op.Cast(ElementType.F32), chosen), axes);
        int share = repeat(adjoints.divide(g, count), axes, shape);
        return adjoints.select(chosen, share, adjoints.constant(0, shape));
    }

    /**
     * The product of the other elements. With p the product of the elements that are not zero, it is p / x without a
     * zero among the elements; with one zero it is p there and 0 elsewhere; with more it is 0.
     */
    private int product(List<Integer> axes, int x, int g) {
        Shape shape = adjoints.shape(x);
        int zero = adjoints.constant(0, shape);
        int isZero = adjoints.compare(Comparison.EQUAL, x, zero);
        int safe = adjoints.select(isZero, adjoints.constant(1, shape), x);
        int zeros = adjoints.sum(adjoints.apply(new Op.Cast(ElementType.F32), isZero), axes);
        int p = adjoints.apply(new Op.Reduce(Reduction.PRODUCT, axes), safe);
        int scaled = adjoints.multiply(g, p);
        int others = repeat(scaled, axes, shape);
        int allButThis = repeat(zeros, axes, shape);
        int one = adjoints.constant(1, shape);
        int onlyZero = adjoints.compare(Comparison.EQUAL, allButThis, one);
        int noZero = adjoints.compare(Comparison.EQUAL, allButThis, zero);
        int atZero = adjoints.select(onlyZero, others, zero);
        int elsewhere = adjoints.select(noZero, adjoints.divide(others, safe), zero);
        return adjoints.select(isZero, atZero, elsewhere);
    }

    /** Undoes the shape of a reduction over {@code axes}: the values repeat along them. */
    private int repeat(int x, List<Integer> axes, Shape shape) {
        var kept = new ArrayList<Integer>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (!axes.contains(axis)) {
                kept.add(axis);
            }
        }
        return axes.isEmpty() ? x : adjoints.apply(new Op.Broadcast(shape, kept), x);
    }
}
