package org.descentlang.compiler.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;

/**
 * Movements of elements that are none, or that two in a row do at once.
 *
 * <pre>
 * reshape to the same shape, transpose to the same order, slice of all,
 * pad by nothing, concat of one, reduce over no axes, broadcast to itself   ──▶  x
 * reshape (reshape x), transpose (transpose x), broadcast (broadcast x)      ──▶  one reshape, transpose, broadcast
 * concat (a, concat (b, c)) along one axis                                   ──▶  concat (a, b, c)
 * slice of a concat that cuts out one operand                                ──▶  the operand
 * reshape, transpose or slice of a scalar's broadcast                        ──▶  the scalar's broadcast
 * </pre>
 */
final class LayoutIdentities implements Rule {
    @Override
    public OptionalInt apply(Op op, List<Integer> operands, Rewriter program) {
        return switch (op) {
            case Op.Broadcast broadcast -> broadcast(broadcast, operands.getFirst(), program);
            case Op.Reshape reshape -> reshape(reshape.shape(), operands.getFirst(), program);
            case Op.Transpose transpose -> transpose(transpose.permutation(), operands.getFirst(), program);
            case Op.Slice slice -> slice(slice, operands.getFirst(), program);
            case Op.Pad pad when pad.before() == 0 && pad.after() == 0 -> OptionalInt.of(operands.getFirst());
            case Op.Concat concat -> concat(concat.axis(), operands, program);
            case Op.Reducing reducing when reducing.axes().isEmpty() -> OptionalInt.of(operands.getFirst());
            case Op.Leaf _, Op.ElementWise _, Op.Reducing _, Op.Assembling _, Op.Call _, Op.Region _ ->
                OptionalInt.empty();
        };
    }

    private static OptionalInt broadcast(Op.Broadcast broadcast, int x, Rewriter program) {
        if (broadcast.shape().equals(program.shape(x))) {
            return OptionalInt.of(x);
        }
        if (program.op(x) instanceof Op.Broadcast inner) {
            List<Integer> axes =
                    inner.axes().stream().map(broadcast.axes()::get).toList();
            return OptionalInt.of(program.add(new Op.Broadcast(broadcast.shape(), axes), source(x, program)));
        }
        return OptionalInt.empty();
    }

    private static OptionalInt reshape(Shape shape, int x, Rewriter program) {
        if (shape.equals(program.shape(x))) {
            return OptionalInt.of(x);
        }
        return program.op(x) instanceof Op.Reshape
                ? OptionalInt.of(program.add(new Op.Reshape(shape), source(x, program)))
                : ofScalar(x, shape, program);
    }

    private static OptionalInt transpose(List<Integer> permutation, int x, Rewriter program) {
        if (permutation.equals(IntStream.range(0, permutation.size()).boxed().toList())) {
            return OptionalInt.of(x);
        }
        if (program.op(x) instanceof Op.Transpose(var inner)) {
            List<Integer> both = permutation.stream().map(inner::get).toList();
            return OptionalInt.of(program.add(new Op.Transpose(both), source(x, program)));
        }
        Shape shape = program.shape(x);
        return ofScalar(x, new Shape(permutation.stream().map(shape::dim).toList()), program);
    }

    private static OptionalInt slice(Op.Slice slice, int x, Rewriter program) {
        Shape shape = program.shape(x);
        if (slice.length() == shape.dim(slice.axis()).fixed()) {
            return OptionalInt.of(x);
        }
        if (program.op(x) instanceof Op.Concat(int axis) && axis == slice.axis()) {
            return part(slice, program.instruction(x).operands(), program);
        }
        return ofScalar(x, shape.with(slice.axis(), Dim.of(slice.length())), program);
    }

    private static OptionalInt part(Op.Slice slice, List<Integer> operands, Rewriter program) {
        long start = 0;
        for (int operand : operands) {
            long length = program.shape(operand).dim(slice.axis()).fixed();
            if (start == slice.start() && length == slice.length()) {
                return OptionalInt.of(operand);
            }
            start += length;
        }
        return OptionalInt.empty();
    }

    private static OptionalInt concat(int axis, List<Integer> operands, Rewriter program) {
        if (operands.size() == 1) {
            return OptionalInt.of(operands.getFirst());
        }
        var flat = new ArrayList<Integer>();
        for (int operand : operands) {
            boolean nested = program.op(operand) instanceof Op.Concat(int inner) && inner == axis;
            flat.addAll(nested ? program.instruction(operand).operands() : List.of(operand));
        }
        return flat.size() > operands.size()
                ? OptionalInt.of(program.add(new Op.Concat(axis), flat))
                : OptionalInt.empty();
    }

    private static OptionalInt ofScalar(int x, Shape shape, Rewriter program) {
        OptionalInt scalar = program.scalar(x);
        return scalar.isPresent() ? OptionalInt.of(program.spread(scalar.getAsInt(), shape)) : OptionalInt.empty();
    }

    private static int source(int value, Rewriter program) {
        return program.instruction(value).operand(0);
    }
}
