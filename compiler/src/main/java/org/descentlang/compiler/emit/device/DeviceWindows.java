package org.descentlang.compiler.emit.device;

import com.palantir.javapoet.CodeBlock;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Windows;
import org.descentlang.compiler.ir.Windows.Along;
import org.descentlang.compiler.plan.Affine;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;

/**
 * Windows on a device: a thread an element of the result. Along spatial axis 1, `p1` is the number of a window, `k1`
 * that of its element and `x1` that of the input's; `i0` and `i1` count what threads compute.
 */
final class DeviceWindows {
    private final Plan plan;
    private final DeviceMethod method;
    private int open;

    DeviceWindows(Plan plan, DeviceMethod method) {
        this.plan = plan;
        this.method = method;
    }

    void convolve(Op.Convolve convolve, Instruction instruction, List<Place> operands, Place result) {
        Shape first = plan.program().type(instruction.operand(0)).shape();
        Shape second = plan.program().type(instruction.operand(1)).shape();
        Shape shape = instruction.type().shape();
        var axes = convolve.windows().axes();
        long groups = convolve.groups();
        CodeBlock sum = switch (convolve.part()) {
            case VALUE -> value(axes, new Sizes(first.last(), shape.last(), groups), operands, shape);
            case BY_DATA -> byData(axes, new Sizes(shape.last(), first.last(), groups), operands, shape);
            case BY_WEIGHTS ->
                byWeights(axes, new Sizes(first.last(), second.last(), groups), operands, first.dim(0), shape);
        };
        end(shape, result, sum);
    }

    /**
     * @param share channels of a group
     * @param unitShare units of a group
     */
    private record Sizes(long channels, long units, long share, long unitShare) {
        Sizes(Dim channels, Dim units, long groups) {
            this(channels.fixed(), units.fixed(), channels.fixed() / groups, units.fixed() / groups);
        }
    }

    private CodeBlock value(List<Along> axes, Sizes sizes, List<Place> operands, Shape shape) {
        openElements(shape);
        takeApart("example", "p", "i0", axes, Along::positions);
        method.statement("float sum = 0f");
        int loops = openWindow(axes);
        method.statement(
                "int from = $L + $L * $L + i1 / $L * $L",
                method.start(operands.getFirst()),
                flat("example", "x", axes, Along::input),
                sizes.channels,
                sizes.unitShare,
                sizes.share);
        method.statement(
                "int filter = $L + $L * $L + i1",
                method.start(operands.get(1)),
                flat("0", "k", axes, Along::size),
                sizes.share * sizes.units);
        method.openLoop("0", "c", Long.toString(sizes.share), "1", false);
        addProduct(operands.getFirst(), "from + c", operands.get(1), "filter + c * " + sizes.units);
        method.close(1 + loops);
        return CodeBlock.of("sum");
    }

    private CodeBlock byData(List<Along> axes, Sizes sizes, List<Place> operands, Shape shape) {
        openElements(shape);
        takeApart("example", "x", "i0", axes, Along::input);
        method.statement("float sum = 0f");
        int loops = openPositions(axes);
        method.statement("int unit = i1 / $L * $L", sizes.share, sizes.unitShare);
        method.statement(
                "int from = $L + $L * $L + unit",
                method.start(operands.getFirst()),
                flat("example", "p", axes, Along::positions),
                sizes.units);
        method.statement(
                "int filter = $L + ($L * $L + i1 % $L) * $L + unit",
                method.start(operands.get(1)),
                flat("0", "k", axes, Along::size),
                sizes.share,
                sizes.share,
                sizes.units);
        method.openLoop("0", "u", Long.toString(sizes.unitShare), "1", false);
        addProduct(operands.getFirst(), "from + u", operands.get(1), "filter + u");
        method.close(1 + loops);
        return CodeBlock.of("sum");
    }

    private CodeBlock byWeights(List<Along> axes, Sizes sizes, List<Place> operands, Dim examples, Shape shape) {
        openElements(shape);
        method.statement("int channel = i0 % $L + i1 / $L * $L", sizes.share, sizes.unitShare, sizes.share);
        method.statement("int element = i0 / $L", sizes.share);
        takeApart("none", "k", "element", axes, Along::size);
        method.statement("float sum = 0f");
        method.openLoop("0", "example", method.size(examples), "1", false);
        for (int axis = 0; axis < axes.size(); axis++) {
            method.openLoop("0", "p" + axis, Long.toString(axes.get(axis).positions()), "1", false);
        }
        declareInputs(axes);
        method.open("if ($L)", inside("x", axes, Along::input));
        addProduct(
                operands.getFirst(),
                "%s + %s * %d + channel"
                        .formatted(
                                method.start(operands.getFirst()),
                                flat("example", "x", axes, Along::input),
                                sizes.channels),
                operands.get(1),
                "%s + %s * %d + i1"
                        .formatted(
                                method.start(operands.get(1)),
                                flat("example", "p", axes, Along::positions),
                                sizes.units));
        method.close(axes.size() + 2);
        return CodeBlock.of("sum");
    }

    void largest(Windows windows, Instruction instruction, Place x, Place result) {
        var axes = windows.axes();
        Shape shape = instruction.type().shape();
        openElements(shape);
        takeApart("example", "p", "i0", axes, Along::positions);
        method.statement("int best = -1");
        method.statement("float largest = 0f");
        int loops = openWindow(axes);
        method.statement(
                "float next = $L.get($L + $L * $L + i1)",
                method.slab(x),
                method.start(x),
                flat("example", "x", axes, Along::input),
                shape.last());
        method.open("if (best < 0 || next > largest || next != next && largest == largest)");
        method.statement("best = $L", flat("0", "x", axes, Along::input));
        method.statement("largest = next");
        method.close(1 + loops);
        end(shape, result, CodeBlock.of("best"));
    }

    /** Threads over all but the last axis together, and over the last one. */
    private void openElements(Shape shape) {
        open = method.openParallel(
                List.of(0, 1), List.of(shape.without(shape.rank() - 1).count(), shape.last()));
    }

    private void end(Shape shape, Place result, CodeBlock value) {
        Affine at = Affine.variable(0).times(shape.last()).plus(Affine.variable(1));
        method.set(result, at, value);
        method.close(open);
    }

    private void addProduct(Place left, String leftAt, Place right, String rightAt) {
        method.statement("sum += $L.get($L) * $L.get($L)", method.slab(left), leftAt, method.slab(right), rightAt);
    }

    /** A number in row-major order as one of what is outermost and one for each axis. */
    private void takeApart(String outer, String name, String number, List<Along> axes, ToLongFunction<Along> extent) {
        long inner = 1;
        for (int axis = axes.size() - 1; axis >= 0; axis--) {
            long size = extent.applyAsLong(axes.get(axis));
            method.statement("int $L$L = $L / $L % $L", name, axis, number, inner, size);
            inner *= size;
        }
        if (!outer.equals("none")) {
            method.statement("int $L = $L / $L", outer, number, inner);
        }
    }

    /** The number in row-major order. */
    private static String flat(String outer, String name, List<Along> axes, ToLongFunction<Along> extent) {
        String number = outer;
        for (int axis = 0; axis < axes.size(); axis++) {
            number = "(" + number + " * " + extent.applyAsLong(axes.get(axis)) + " + " + name + axis + ")";
        }
        return number;
    }

    /** Elements of a window that are not in the padding. */
    private int openWindow(List<Along> axes) {
        openSizes(axes);
        declareInputs(axes);
        method.open("if ($L)", inside("x", axes, Along::input));
        return axes.size() + 1;
    }

    /** Windows that an input is part of, and as what. */
    private int openPositions(List<Along> axes) {
        openSizes(axes);
        for (int axis = 0; axis < axes.size(); axis++) {
            Along along = axes.get(axis);
            method.statement("int f$L = x$L + $L - k$L * $L", axis, axis, along.before(), axis, along.dilation());
            method.statement("int p$L = f$L / $L", axis, axis, along.stride());
        }
        String divides = IntStream.range(0, axes.size())
                .mapToObj(axis -> "f%d >= 0 && p%d * %d == f%d && p%d < %d"
                        .formatted(
                                axis,
                                axis,
                                axes.get(axis).stride(),
                                axis,
                                axis,
                                axes.get(axis).positions()))
                .collect(Collectors.joining(" && "));
        method.open("if ($L)", divides);
        return axes.size() + 1;
    }

    private void openSizes(List<Along> axes) {
        for (int axis = 0; axis < axes.size(); axis++) {
            method.openLoop("0", "k" + axis, Long.toString(axes.get(axis).size()), "1", false);
        }
    }

    private void declareInputs(List<Along> axes) {
        for (int axis = 0; axis < axes.size(); axis++) {
            Along along = axes.get(axis);
            method.statement(
                    "int x$L = p$L * $L + k$L * $L - $L",
                    axis,
                    axis,
                    along.stride(),
                    axis,
                    along.dilation(),
                    along.before());
        }
    }

    private static String inside(String name, List<Along> axes, ToLongFunction<Along> extent) {
        return IntStream.range(0, axes.size())
                .mapToObj(axis ->
                        "%s%d >= 0 && %s%d < %d".formatted(name, axis, name, axis, extent.applyAsLong(axes.get(axis))))
                .collect(Collectors.joining(" && "));
    }
}
