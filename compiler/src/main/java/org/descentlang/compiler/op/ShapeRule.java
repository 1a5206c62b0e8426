package org.descentlang.compiler.op;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.UnaryKind;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/** The type of an operation's result. */
public final class ShapeRule {
    private final Op op;
    private final List<TensorType> operands;

    private ShapeRule(Op op, List<TensorType> operands) {
        this.op = op;
        this.operands = operands;
    }

    /** @throws IllegalArgumentException if the operands do not fit: a bug of the caller, since user's mistakes are found before */
    public static TensorType result(Op op, List<TensorType> operands) {
        return new ShapeRule(op, operands).result();
    }

    private TensorType result() {
        requireOperands();
        return switch (op) {
            case Op.Iota iota -> iota(iota);
            case Op.Leaf leaf -> leaf.type();
            case Op.Unary unary -> unary(unary.kind());
            case Op.Binary binary -> binary(binary.kind());
            case Op.Compare _ -> compare();
            case Op.Select _ -> select();
            case Op.Cast cast -> first().as(cast.to());
            case Op.Broadcast broadcast -> broadcast(broadcast);
            case Op.Reshape reshape -> reshape(reshape.shape());
            case Op.Transpose transpose -> transpose(transpose.permutation());
            case Op.Slice slice -> slice(slice);
            case Op.Pad pad -> pad(pad);
            case Op.Concat concat -> concat(concat.axis());
            case Op.Reduce reduce -> reduce(reduce.axes());
            case Op.ArgMax argMax -> argMax(argMax.axis());
            case Op.MatMul matMul -> matMul(matMul);
            case Op.Gather _ -> gather();
            case Op.ScatterAdd scatter -> scatterAdd(scatter.rows());
        };
    }

    private void requireOperands() {
        boolean fits = switch (op) {
            case Op.Leaf _ -> operands.isEmpty();
            case Op.Concat _ -> !operands.isEmpty();
            case Op.Select _ -> operands.size() == 3;
            case Op.Binary _, Op.Compare _, Op.MatMul _, Op.Gather _, Op.ScatterAdd _ -> operands.size() == 2;
            case Op.Unary _, Op.Cast _, Op.Broadcast _, Op.Reshape _, Op.Transpose _ -> operands.size() == 1;
            case Op.Slice _, Op.Pad _, Op.Reduce _, Op.ArgMax _ -> operands.size() == 1;
        };
        require(fits, "wrong number of operands");
    }

    private TensorType iota(Op.Iota iota) {
        requireAxis(iota.axis(), iota.shape());
        return iota.type();
    }

    private TensorType unary(UnaryKind kind) {
        boolean fits = switch (kind) {
            case STOP_GRADIENT -> true;
            case NOT -> first().element() == ElementType.BOOL;
            case NEGATE, ABS, SIGN -> first().element() != ElementType.BOOL;
            case EXP, EXPM1, LOG, LOG1P, SQRT, SIN, COS, TANH, SIGMOID, ERF, FLOOR, CEIL, ROUND ->
                first().element() == ElementType.F32;
        };
        require(fits, "wrong element type");
        return first();
    }

    private TensorType binary(BinaryKind kind) {
        boolean logical = kind == BinaryKind.AND || kind == BinaryKind.OR;
        require(first().equals(second()), "operands differ");
        require(logical == (first().element() == ElementType.BOOL), "wrong element type");
        return first();
    }

    private TensorType compare() {
        require(first().equals(second()), "operands differ");
        return first().as(ElementType.BOOL);
    }

    private TensorType select() {
        TensorType value = second();
        require(first().equals(value.as(ElementType.BOOL)), "the condition must be a bool of the values' shape");
        require(value.equals(operands.get(2)), "operands differ");
        return value;
    }

    private TensorType broadcast(Op.Broadcast broadcast) {
        Shape source = first().shape();
        Shape target = broadcast.shape();
        List<Integer> axes = broadcast.axes();
        require(axes.size() == source.rank(), "needs one axis for each of the operand's");
        requireAscendingAxes(axes, target);
        for (int i = 0; i < axes.size(); i++) {
            Dim found = source.dim(i);
            Dim expected = target.dim(axes.get(i));
            require(found.equals(expected), "operand's axis " + i + " must have size " + expected);
        }
        return first().as(target);
    }

    private TensorType reshape(Shape shape) {
        require(first().shape().count().equals(shape.count()), "the number of elements differs");
        return first().as(shape);
    }

    private TensorType transpose(List<Integer> permutation) {
        Shape source = first().shape();
        require(permutation.size() == source.rank(), "needs one axis for each of the operand's");
        require(new HashSet<>(permutation).size() == permutation.size(), "an axis is named twice");
        var dims = new ArrayList<Dim>();
        for (int axis : permutation) {
            requireAxis(axis, source);
            dims.add(source.dim(axis));
        }
        return first().as(new Shape(dims));
    }

    private TensorType slice(Op.Slice slice) {
        long size = fixedSize(first(), slice.axis());
        boolean inside = slice.start() >= 0 && slice.length() >= 0 && slice.start() <= size - slice.length();
        require(inside, "the range leaves the axis of size " + size);
        return resized(slice.axis(), slice.length());
    }

    private TensorType pad(Op.Pad pad) {
        long size = fixedSize(first(), pad.axis());
        require(pad.before() >= 0 && pad.after() >= 0, "a negative width");
        require(first().element() != ElementType.BOOL, "wrong element type");
        return resized(pad.axis(), Math.addExact(size, Math.addExact(pad.before(), pad.after())));
    }

    private TensorType concat(int axis) {
        long size = 0;
        for (TensorType operand : operands) {
            size = Math.addExact(size, fixedSize(operand, axis));
        }
        TensorType result = resized(axis, size);
        for (TensorType operand : operands) {
            Shape grown = operand.shape().with(axis, Dim.of(size));
            require(operand.as(grown).equals(result), "operands differ in another axis or in element type");
        }
        return result;
    }

    private TensorType reduce(List<Integer> axes) {
        require(first().element() != ElementType.BOOL, "wrong element type");
        requireAscendingAxes(axes, first().shape());
        Shape shape = first().shape();
        for (int axis : axes.reversed()) {
            shape = shape.without(axis);
        }
        return first().as(shape);
    }

    private TensorType argMax(int axis) {
        require(first().element() != ElementType.BOOL, "wrong element type");
        requireAxis(axis, first().shape());
        return TensorType.i32(first().shape().without(axis));
    }

    private TensorType matMul(Op.MatMul matMul) {
        requireF32(first());
        requireF32(second());
        Shape left = first().shape();
        Shape right = second().shape();
        require(left.rank() >= 2 && right.rank() >= 2, "needs matrices");
        int row = left.rank() - 2;
        boolean shared = right.rank() == 2;
        require(shared || leading(left, row).equals(leading(right, right.rank() - 2)), "leading axes differ");
        Dim rows = left.dim(matMul.transposeLeft() ? row + 1 : row);
        Dim inner = left.dim(matMul.transposeLeft() ? row : row + 1);
        Dim innerRight = right.dim(right.rank() - (matMul.transposeRight() ? 1 : 2));
        Dim columns = right.dim(right.rank() - (matMul.transposeRight() ? 2 : 1));
        require(inner.equals(innerRight), inner + " columns on the left are not " + innerRight + " rows on the right");
        return first().as(leading(left, row).append(rows).append(columns));
    }

    private TensorType gather() {
        requireF32(first());
        require(second().element() == ElementType.I32, "the index must be i32");
        Shape table = first().shape();
        require(table.rank() >= 1 && table.dim(0).isFixed(), "the table must have a fixed number of rows");
        return first().as(joined(second().shape(), table.without(0)));
    }

    private TensorType scatterAdd(long rows) {
        require(first().element() == ElementType.I32, "the index must be i32");
        requireF32(second());
        Shape index = first().shape();
        Shape updates = second().shape();
        require(updates.rank() >= index.rank(), "the updates need the index's axes first");
        require(leading(updates, index.rank()).equals(index), "the updates need the index's axes first");
        var row = new Shape(updates.dims().subList(index.rank(), updates.rank()));
        return TensorType.f32(joined(Shape.of(rows), row));
    }

    private TensorType resized(int axis, long size) {
        return first().as(first().shape().with(axis, Dim.of(size)));
    }

    private long fixedSize(TensorType type, int axis) {
        requireAxis(axis, type.shape());
        require(type.shape().dim(axis).isFixed(), "axis " + axis + " must have a size known when compiling");
        return type.shape().dim(axis).fixed();
    }

    private void requireAscendingAxes(List<Integer> axes, Shape shape) {
        for (int i = 0; i < axes.size(); i++) {
            requireAxis(axes.get(i), shape);
            require(i == 0 || axes.get(i - 1) < axes.get(i), "axes must ascend");
        }
    }

    private void requireAxis(int axis, Shape shape) {
        require(axis >= 0 && axis < shape.rank(), "no axis " + axis + " in " + shape);
    }

    private void requireF32(TensorType type) {
        require(type.element() == ElementType.F32, "wrong element type");
    }

    private void require(boolean condition, String problem) {
        if (!condition) {
            String types = operands.stream().map(TensorType::toString).collect(Collectors.joining(", ", "(", ")"));
            throw new IllegalArgumentException(op + " of " + types + ": " + problem);
        }
    }

    private TensorType first() {
        return operands.getFirst();
    }

    private TensorType second() {
        return operands.get(1);
    }

    private static Shape leading(Shape shape, int count) {
        return new Shape(shape.dims().subList(0, count));
    }

    private static Shape joined(Shape left, Shape right) {
        var dims = new ArrayList<>(left.dims());
        dims.addAll(right.dims());
        return new Shape(dims);
    }
}
