package org.descentlang.compiler.plan;

import java.util.ArrayList;
import java.util.List;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;

/** Which element of a tensor: one position an axis, as a function of a kernel's loop variables. */
public record Index(List<Affine> axes) {
    public Index {
        axes = List.copyOf(axes);
    }

    /** The element that the first variables point at, one for each axis that has more than one position. */
    public static Index identity(Shape shape) {
        var axes = new ArrayList<Affine>();
        int variable = 0;
        for (Dim dim : shape.dims()) {
            axes.add(dim.isOne() ? Affine.ZERO : Affine.variable(variable++));
        }
        return new Index(axes);
    }

    /** The distance from the first element, in elements, for a dense tensor in row-major order. */
    public Affine flat(Shape shape) {
        Affine offset = Affine.ZERO;
        Dim stride = Dim.ONE;
        for (int axis = axes.size() - 1; axis >= 0; axis--) {
            offset = offset.plus(axes.get(axis).times(stride));
            stride = stride.times(shape.dim(axis));
        }
        return offset;
    }

    /**
     * Which element of its operand an element of a view is, or of a reduction over axes of one element.
     *
     * @param operand the operand's shape
     * @param result the operation's shape
     * @param extents of the loop variables
     */
    public Index through(Op op, Shape operand, Shape result, List<Dim> extents) {
        var found = new ArrayList<Affine>();
        switch (op) {
            case Op.Broadcast broadcast -> broadcast.axes().forEach(axis -> found.add(axes.get(axis)));
            case Op.Slice slice -> {
                found.addAll(axes);
                found.set(slice.axis(), axes.get(slice.axis()).plus(Affine.constant(slice.start())));
            }
            case Op.Transpose transpose -> {
                for (int axis = 0; axis < axes.size(); axis++) {
                    found.add(axes.get(transpose.permutation().indexOf(axis)));
                }
            }
            case Op.Reshape _, Op.Reducing _ -> found.addAll(reshaped(operand, result, extents));
            case Op.Leaf _, Op.ElementWise _, Op.Assembling _, Op.Call _, Op.Region _ ->
                throw new IllegalArgumentException("no view: " + op);
        }
        return new Index(found);
    }

    private List<Affine> reshaped(Shape operand, Shape result, List<Dim> extents) {
        var kept = new ArrayList<Affine>();
        for (int axis = 0; axis < axes.size(); axis++) {
            if (!result.dim(axis).isOne()) {
                kept.add(axes.get(axis));
            }
        }
        var found = new ArrayList<Affine>();
        if (longer(operand).equals(longer(result))) {
            operand.dims().forEach(dim -> found.add(dim.isOne() ? Affine.ZERO : kept.removeFirst()));
            return found;
        }
        Affine rest = flat(result);
        for (int axis = operand.rank() - 1; axis > 0; axis--) {
            found.addFirst(rest.remainder(operand.dim(axis), extents));
            rest = rest.quotient(operand.dim(axis), extents);
        }
        found.addFirst(rest);
        return found;
    }

    /** The dimensions other than 1. */
    static List<Dim> longer(Shape shape) {
        return shape.dims().stream().filter(dim -> !dim.isOne()).toList();
    }
}
