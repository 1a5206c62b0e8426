package org.descentlang.compiler.emit.device;

import static org.descentlang.compiler.emit.device.DeviceNames.TORNADO_MATH;

import com.palantir.javapoet.CodeBlock;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.plan.Affine;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Product;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;

/** What the CPU target has a library for, as kernels: a thread an element of the result. */
final class DeviceLibrary {
    private static final int TILE_ROWS = 4;
    private static final int TILE_COLUMNS = 8;

    private final Plan plan;
    private final DeviceMethod method;

    DeviceLibrary(Plan plan, boolean parallel) {
        this.plan = plan;
        this.method = new DeviceMethod(plan, parallel);
    }

    DeviceMethod kernel(Kernel.Library library) {
        Instruction instruction = plan.program().instruction(library.value());
        Place result = plan.place(library.value());
        var operands = library.operands().stream().map(plan::place).toList();
        switch (library.op()) {
            case Op.MatMul matMul -> matrixProduct(Product.of(plan.program(), matMul, instruction), operands, result);
            case Op.Random random -> random(random, instruction.type().shape(), result);
            case Op.Gather _ -> gather(instruction, operands, result);
            case Op.ScatterAdd scatter -> scatterAdd(scatter, instruction, operands, result);
            case Op.Convolve convolve ->
                new DeviceWindows(plan, method).convolve(convolve, instruction, operands, result);
            case Op.WindowArgMax largest ->
                new DeviceWindows(plan, method).largest(largest.windows(), instruction, operands.getFirst(), result);
            case Op.Pick _ -> pick(instruction, operands, result);
            case Op.PutBack _ -> putBack(instruction, operands, result);
        }
        return method;
    }

    private int open(Dim... extents) {
        return method.openParallel(IntStream.range(0, extents.length).boxed().toList(), List.of(extents));
    }

    private static Affine sum(Affine... terms) {
        Affine sum = Affine.ZERO;
        for (Affine term : terms) {
            sum = sum.plus(term);
        }
        return sum;
    }

    private static Affine times(int variable, Dim factor) {
        return Affine.variable(variable).times(factor);
    }

    /**
     * A thread computes a tile, so that what it reads serves several elements. i0 counts products where there are
     * several, i1 and i2 are row and column of tiles, i3 runs along the sums.
     */
    private void matrixProduct(Product product, List<Place> operands, Place result) {
        Dim m = product.m();
        Dim n = product.n();
        Dim k = product.k();
        boolean several = !product.isOne();
        int rows = m.isFixed() || !several ? tile(m, TILE_ROWS) : 1;
        int columns = n.isFixed() ? tile(n, TILE_COLUMNS) : 1;
        int open = method.openTiles(
                several ? List.of(0, 1, 2) : List.of(1, 2), List.of(product.count(), m, n), List.of(1, rows, columns));
        forTile(rows, columns, (row, column) -> method.statement("float $L = 0f", sum(row, column)));
        method.openLoop(3, k);
        for (int row = 0; row < rows; row++) {
            Affine line = tiled(1, rows, row);
            Affine at = product.transposeLeft() ? sum(times(3, m), line) : sum(line.times(k), times(3, Dim.ONE));
            method.statement(
                    "float a$L = $L", row, method.get(operands.getFirst(), sum(times(0, product.leftStep()), at)));
        }
        for (int column = 0; column < columns; column++) {
            Affine line = tiled(2, columns, column);
            Affine at = product.transposeRight() ? sum(line.times(k), times(3, Dim.ONE)) : sum(times(3, n), line);
            method.statement(
                    "float b$L = $L", column, method.get(operands.get(1), sum(times(0, product.rightStep()), at)));
        }
        forTile(rows, columns, (row, column) -> method.statement("$L += a$L * b$L", sum(row, column), row, column));
        method.close(1);
        forTile(rows, columns, (row, column) -> {
            Affine at = sum(tiled(1, rows, row).times(n), tiled(2, columns, column));
            method.set(result, sum(times(0, product.resultStep()), at), CodeBlock.of("$L", sum(row, column)));
        });
        method.close(open);
    }

    /**
     * The largest power of two that divides an extent; of a batch the largest one, for which there is room even if it
     * has fewer rows.
     */
    private int tile(Dim extent, int most) {
        var largest = plan.capacity().resolve(extent);
        int size = largest.isFixed() ? most : 1;
        while (largest.factor() % size != 0) {
            size /= 2;
        }
        return size;
    }

    private static Affine tiled(int variable, int size, int inside) {
        return times(variable, Dim.of(size)).plus(Affine.constant(inside));
    }

    private static String sum(int row, int column) {
        return "sum" + row + "_" + column;
    }

    private static void forTile(int rows, int columns, BiConsumer<Integer, Integer> action) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                action.accept(row, column);
            }
        }
    }

    private void random(Op.Random random, Shape shape, Place result) {
        int open = open(shape.count());
        method.set(result, Affine.variable(0), method.random(random, "i0"));
        method.close(open);
    }

    /** There is no row for a wrong index, and it must not reach beyond the table: a device would not notice. */
    private void gather(Instruction instruction, List<Place> operands, Place result) {
        Shape table = plan.program().type(instruction.operand(0)).shape();
        Dim count = plan.program().type(instruction.operand(1)).shape().count();
        Dim width = table.without(0).count();
        int open = open(count, width);
        method.statement("int index = $L", method.get(operands.get(1), Affine.variable(0)));
        method.statement(
                "int row = $T.clamp(index, 0, $L)", TORNADO_MATH, table.dim(0).fixed() - 1);
        String element = method.start(operands.getFirst()) + " + row * " + method.size(width) + " + i1";
        CodeBlock found = CodeBlock.of(
                "index == row ? $L.get($L) : $L",
                method.slab(operands.getFirst()),
                element,
                DeviceText.literal(Double.NaN, ElementType.F32, false).code());
        method.set(result, sum(times(0, width), times(1, Dim.ONE)), found);
        method.close(open);
    }

    private void pick(Instruction instruction, List<Place> operands, Place result) {
        Shape position = instruction.type().shape();
        long length = plan.program().type(instruction.operand(0)).shape().dim(1).fixed();
        int open = open(position.dim(0), position.dim(1), position.dim(2));
        Affine at = element(position);
        method.statement("int index = $L", method.get(operands.get(1), at));
        method.statement("int row = $T.clamp(index, 0, $L)", TORNADO_MATH, length - 1);
        String width = position.last().toString();
        String from = method.start(operands.getFirst()) + " + (i0 * " + length + " + row) * " + width + " + i2";
        CodeBlock found = CodeBlock.of(
                "index == row ? $L.get($L) : $L",
                method.slab(operands.getFirst()),
                from,
                DeviceText.literal(Double.NaN, ElementType.F32, false).code());
        method.set(result, at, found);
        method.close(open);
    }

    private void putBack(Instruction instruction, List<Place> operands, Place result) {
        Shape shape = instruction.type().shape();
        Shape updates = plan.program().type(instruction.operand(1)).shape();
        int open = open(shape.dim(0), shape.dim(1), shape.dim(2));
        method.statement("float sum = 0f");
        method.openLoop(3, updates.dim(1));
        Affine at = sum(times(0, updates.without(0).count()), times(3, updates.last()), times(2, Dim.ONE));
        method.open("if ($L == i1)", method.get(operands.getFirst(), at));
        method.statement("sum += $L", method.get(operands.get(1), at));
        method.close(2);
        method.set(result, element(shape), CodeBlock.of("sum"));
        method.close(open);
    }

    /** Of three axes. */
    private static Affine element(Shape shape) {
        return sum(times(0, shape.without(0).count()), times(1, shape.last()), times(2, Dim.ONE));
    }

    /** Every element of the table looks for its updates, in their order: no two threads write to one place. */
    private void scatterAdd(Op.ScatterAdd scatter, Instruction instruction, List<Place> operands, Place result) {
        Dim count = plan.program().type(instruction.operand(0)).shape().count();
        Dim width = instruction.type().shape().without(0).count();
        boolean real = instruction.type().element() == ElementType.F32;
        int open = open(Dim.of(scatter.rows()), width);
        method.statement(real ? "float sum = 0f" : "int sum = 0");
        method.openLoop(2, count);
        method.open("if ($L == i0)", method.get(operands.getFirst(), Affine.variable(2)));
        method.statement("sum += $L", method.get(operands.get(1), sum(times(2, width), times(1, Dim.ONE))));
        method.close(2);
        method.set(result, sum(times(0, width), times(1, Dim.ONE)), CodeBlock.of("sum"));
        method.close(open);
    }
}
