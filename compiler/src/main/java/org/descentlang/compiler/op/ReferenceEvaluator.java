package org.descentlang.compiler.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.TensorType;

/**
 * Runs a program in double precision, one simple loop per operation: the oracle that every pass, emitter and kernel is held
 * against. An f32 is a double here; an i32 is exact.
 */
public final class ReferenceEvaluator {
    private final Inputs inputs;
    private final List<TensorValue> values = new ArrayList<>();

    private ReferenceEvaluator(Inputs inputs) {
        this.inputs = inputs;
    }

    /** @throws IllegalArgumentException if a value that the program reads is missing or does not fit */
    public static Results evaluate(Program program, Inputs inputs) {
        var evaluator = new ReferenceEvaluator(inputs);
        for (Instruction instruction : program.instructions()) {
            evaluator.values.add(evaluator.value(instruction));
        }
        return new Results(program, evaluator.values);
    }

    private TensorValue value(Instruction instruction) {
        if (instruction.op() instanceof Op.Read read) {
            return inputs.value(read);
        }
        TensorType type = instruction.type();
        TensorValue result = TensorValue.zeros(type, inputs.batch());
        List<TensorValue> operands =
                instruction.operands().stream().map(values::get).toList();
        fill(instruction.op(), result, operands);
        return result;
    }

    private void fill(Op op, TensorValue result, List<TensorValue> operands) {
        switch (op) {
            case Op.Read read -> throw new IllegalArgumentException("nothing to compute: " + read);
            case Op.Constant constant -> result.data()[0] = constant.value();
            case Op.Extent extent -> result.data()[0] = extent.dim().size(inputs.batch());
            case Op.Iota iota -> iota(iota.axis(), result);
            case Op.Random random -> random(random, result.data());
            case Op.Unary unary -> unary(unary, operands.getFirst().data(), result.data());
            case Op.Binary binary ->
                binary(binary, operands.getFirst(), operands.get(1).data(), result.data());
            case Op.Compare compare ->
                compare(compare, operands.getFirst().data(), operands.get(1).data(), result.data());
            case Op.Select _ -> select(operands, result.data());
            case Op.Cast cast -> cast(cast.to(), operands.getFirst().data(), result.data());
            case Op.Broadcast broadcast -> broadcast(broadcast, operands.getFirst(), result);
            case Op.Reshape _ -> System.arraycopy(operands.getFirst().data(), 0, result.data(), 0, result.count());
            case Op.Transpose transpose -> transpose(transpose, operands.getFirst(), result);
            case Op.Slice slice -> slice(slice, operands.getFirst(), result);
            case Op.Pad pad -> place(operands.getFirst(), pad.axis(), pad.before(), result);
            case Op.Concat concat -> concat(concat.axis(), operands, result);
            case Op.Reduce reduce -> reduce(reduce, operands.getFirst(), result);
            case Op.ArgMax argMax -> argMax(argMax.axis(), operands.getFirst(), result.data());
            case Op.MatMul matMul -> MatrixProduct.fill(matMul, operands.getFirst(), operands.get(1), result);
            case Op.Gather _ -> gather(operands.getFirst(), operands.get(1).data(), result.data());
            case Op.ScatterAdd _ ->
                scatterAdd(operands.getFirst().data(), operands.get(1).data(), result);
        }
    }

    private static void iota(int axis, TensorValue result) {
        int[] strides = new int[result.sizes().length];
        strides[axis] = 1;
        int[] offsets = offsets(result.sizes(), strides, 0);
        for (int i = 0; i < offsets.length; i++) {
            result.data()[i] = offsets[i];
        }
    }

    private void random(Op.Random random, double[] result) {
        for (int i = 0; i < result.length; i++) {
            int[] words = Philox.block(
                    i / 4, random.place(), (int) inputs.draw(), (int) (inputs.draw() >>> 32), (int) inputs.seed(), (int)
                            (inputs.seed() >>> 32));
            int pair = i % 4 / 2 * 2;
            result[i] = switch (random.distribution()) {
                case UNIFORM -> Philox.uniform(words[i % 4]);
                case NORMAL -> Philox.normals(words[pair], words[pair + 1])[i % 2];
            };
        }
    }

    private static void unary(Op.Unary unary, double[] x, double[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = ScalarRule.unary(unary.kind(), x[i]);
        }
    }

    private static void binary(Op.Binary binary, TensorValue a, double[] b, double[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = ScalarRule.binary(binary.kind(), a.element(), a.data()[i], b[i]);
        }
    }

    private static void compare(Op.Compare compare, double[] a, double[] b, double[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = ScalarRule.compare(compare.comparison(), a[i], b[i]) ? 1 : 0;
        }
    }

    private static void select(List<TensorValue> operands, double[] result) {
        double[] condition = operands.getFirst().data();
        for (int i = 0; i < result.length; i++) {
            result[i] = operands.get(condition[i] != 0 ? 1 : 2).data()[i];
        }
    }

    private static void cast(ElementType to, double[] x, double[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = ScalarRule.cast(to, x[i]);
        }
    }

    private static void broadcast(Op.Broadcast broadcast, TensorValue x, TensorValue result) {
        int[] source = TensorValue.strides(x.sizes());
        int[] strides = new int[result.sizes().length];
        for (int axis = 0; axis < source.length; axis++) {
            strides[broadcast.axes().get(axis)] = source[axis];
        }
        copy(x.data(), offsets(result.sizes(), strides, 0), result.data());
    }

    private static void transpose(Op.Transpose transpose, TensorValue x, TensorValue result) {
        int[] source = TensorValue.strides(x.sizes());
        int[] strides =
                transpose.permutation().stream().mapToInt(axis -> source[axis]).toArray();
        copy(x.data(), offsets(result.sizes(), strides, 0), result.data());
    }

    private static void slice(Op.Slice slice, TensorValue x, TensorValue result) {
        int[] strides = TensorValue.strides(x.sizes());
        int first = (int) slice.start() * strides[slice.axis()];
        copy(x.data(), offsets(result.sizes(), strides, first), result.data());
    }

    private static void copy(double[] source, int[] offsets, double[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = source[offsets[i]];
        }
    }

    private static void concat(int axis, List<TensorValue> operands, TensorValue result) {
        long before = 0;
        for (TensorValue operand : operands) {
            place(operand, axis, before, result);
            before += operand.sizes()[axis];
        }
    }

    /** Copies {@code x} into the result, {@code before} positions along the axis. */
    private static void place(TensorValue x, int axis, long before, TensorValue result) {
        int[] strides = TensorValue.strides(result.sizes());
        int[] offsets = offsets(x.sizes(), strides, (int) before * strides[axis]);
        for (int i = 0; i < offsets.length; i++) {
            result.data()[offsets[i]] = x.data()[i];
        }
    }

    private static void reduce(Op.Reduce reduce, TensorValue x, TensorValue result) {
        double[] data = result.data();
        Arrays.fill(data, ScalarRule.neutral(reduce.reduction(), x.element()));
        int[] kept = TensorValue.strides(result.sizes());
        int[] strides = new int[x.sizes().length];
        int next = 0;
        for (int axis = 0; axis < strides.length; axis++) {
            strides[axis] = reduce.axes().contains(axis) ? 0 : kept[next++];
        }
        int[] offsets = offsets(x.sizes(), strides, 0);
        Op.BinaryKind step = ScalarRule.step(reduce.reduction());
        for (int i = 0; i < offsets.length; i++) {
            data[offsets[i]] = ScalarRule.binary(step, x.element(), data[offsets[i]], x.data()[i]);
        }
    }

    private static void argMax(int axis, TensorValue x, double[] result) {
        int inner = TensorValue.strides(x.sizes())[axis];
        int size = x.sizes()[axis];
        for (int i = 0; i < result.length; i++) {
            int first = i / inner * inner * size + i % inner;
            int best = 0;
            for (int k = 1; k < size; k++) {
                best = x.data()[first + k * inner] > x.data()[first + best * inner] ? k : best;
            }
            result[i] = best;
        }
    }

    /** There is no row for an index outside of the table: NaN. */
    private static void gather(TensorValue table, double[] index, double[] result) {
        int rows = table.sizes()[0];
        int width = result.length / Math.max(1, index.length);
        for (int i = 0; i < index.length; i++) {
            int row = (int) index[i];
            if (isRow(row, rows)) {
                System.arraycopy(table.data(), row * width, result, i * width, width);
            } else {
                Arrays.fill(result, i * width, (i + 1) * width, Double.NaN);
            }
        }
    }

    private static void scatterAdd(double[] index, double[] updates, TensorValue result) {
        int width = updates.length / Math.max(1, index.length);
        for (int i = 0; i < updates.length; i++) {
            int row = (int) index[i / width];
            if (isRow(row, result.sizes()[0])) {
                result.data()[row * width + i % width] += updates[i];
            }
        }
    }

    private static boolean isRow(int index, int rows) {
        return index >= 0 && index < rows;
    }

    /** For each element of a tensor, in row-major order: {@code first} plus the sum over the axes of position times stride. */
    private static int[] offsets(int[] sizes, int[] strides, int first) {
        int[] offsets = new int[TensorValue.count(sizes)];
        int[] position = new int[sizes.length];
        int offset = first;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = offset;
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                offset += strides[axis];
                if (++position[axis] < sizes[axis]) {
                    break;
                }
                offset -= sizes[axis] * strides[axis];
                position[axis] = 0;
            }
        }
        return offsets;
    }
}
