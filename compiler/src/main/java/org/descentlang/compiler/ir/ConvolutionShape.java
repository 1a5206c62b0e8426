package org.descentlang.compiler.ir;

import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/** What reads windows over the axes between the first and the last one. */
final class ConvolutionShape {
    private ConvolutionShape() {}

    static TensorType of(Op.Convolve convolve, OperandTypes operands) {
        operands.requireCount(2);
        operands.requireElement(operands.first(), Domain.REALS);
        operands.requireElement(operands.second(), Domain.REALS);
        Windows windows = convolve.windows();
        Shape first = operands.first().shape();
        Shape second = operands.second().shape();
        return operands.first()
                .as(
                        switch (convolve.part()) {
                            case VALUE -> {
                                requireOver(windows.inputs(), first, operands);
                                Dim units = filterUnits(convolve, second, operands);
                                operands.require(
                                        channels(convolve, second).equals(first.last()),
                                        "the filters have other channels");
                                yield Shape.of(first.dim(0))
                                        .append(windows.positions())
                                        .append(units);
                            }
                            case BY_DATA -> {
                                requireOver(windows.positions(), first, operands);
                                Dim units = filterUnits(convolve, second, operands);
                                operands.require(units.equals(first.last()), "the filters have other units");
                                yield Shape.of(first.dim(0))
                                        .append(windows.inputs())
                                        .append(channels(convolve, second));
                            }
                            case BY_WEIGHTS -> {
                                requireOver(windows.inputs(), first, operands);
                                requireOver(windows.positions(), second, operands);
                                operands.require(first.dim(0).equals(second.dim(0)), "the first axes differ");
                                operands.require(
                                        isDivided(first.last(), convolve.groups()),
                                        "groups do not divide the channels");
                                operands.require(
                                        isDivided(second.last(), convolve.groups()), "groups do not divide the units");
                                Dim share = Dim.of(first.last().fixed() / convolve.groups());
                                yield windows.sizes().append(share).append(second.last());
                            }
                        });
    }

    static TensorType largest(Windows windows, OperandTypes operands) {
        operands.requireCount(1);
        operands.requireElement(operands.first(), Domain.REALS);
        Shape x = operands.first().shape();
        requireOver(windows.inputs(), x, operands);
        return operands.first()
                .as(ElementType.I32)
                .as(Shape.of(x.dim(0)).append(windows.positions()).append(x.last()));
    }

    private static void requireOver(Shape spatial, Shape shape, OperandTypes operands) {
        operands.require(shape.rank() == spatial.rank() + 2, "needs " + (spatial.rank() + 2) + " axes");
        var between = new Shape(shape.dims().subList(1, shape.rank() - 1));
        operands.require(between.equals(spatial), between + " is not " + spatial);
        operands.require(shape.last().isFixed(), "the number of channels must be fixed");
    }

    private static Dim filterUnits(Op.Convolve convolve, Shape filters, OperandTypes operands) {
        int rank = convolve.windows().rank();
        operands.require(filters.rank() == rank + 2 && filters.isFixed(), "needs filters with " + rank + " axes");
        var sizes = new Shape(filters.dims().subList(0, rank));
        operands.require(sizes.equals(convolve.windows().sizes()), "the filters have other sizes");
        operands.require(isDivided(filters.last(), convolve.groups()), "groups do not divide the units");
        return filters.last();
    }

    private static boolean isDivided(Dim dim, long groups) {
        return dim.fixed() % groups == 0;
    }

    private static Dim channels(Op.Convolve convolve, Shape filters) {
        return filters.dim(filters.rank() - 2).times(Dim.of(convolve.groups()));
    }
}
