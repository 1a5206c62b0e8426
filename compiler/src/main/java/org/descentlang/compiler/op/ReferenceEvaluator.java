package org.descentlang.compiler.op;

import java.util.ArrayList;
import java.util.List;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Program;

/**
 * Runs a program in double precision, one simple loop per operation: the oracle that every pass, emitter and kernel is
 * held against. An f32 is a double here; an i32 is exact.
 */
public final class ReferenceEvaluator {
    private final Inputs inputs;
    private final List<TensorValue> values = new ArrayList<>();
    private final LoopEvaluation loops;

    private ReferenceEvaluator(Inputs inputs) {
        this.inputs = inputs;
        this.loops = new LoopEvaluation(inputs);
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
        TensorValue result = TensorValue.zeros(instruction.type(), inputs.batch());
        List<TensorValue> operands =
                instruction.operands().stream().map(values::get).toList();
        switch (instruction.op()) {
            case Op.Leaf leaf -> {
                return leaf(leaf, result);
            }
            case Op.ElementWise op -> ElementWiseEvaluation.fill(op, operands, result);
            case Op.View op -> ViewEvaluation.fill(op, operands.getFirst(), result);
            case Op.Reducing op -> ReducingEvaluation.fill(op, operands.getFirst(), result);
            case Op.Assembling op -> AssemblingEvaluation.fill(op, operands, result);
            case Op.Call op -> CallEvaluation.fill(op, operands, inputs, result);
            case Op.Region region -> {
                return switch (region) {
                    case Op.Scan scan -> loops.result(scan, instruction.operands(), operands);
                };
            }
        }
        return result;
    }

    private TensorValue leaf(Op.Leaf leaf, TensorValue result) {
        switch (leaf) {
            case Op.Read read -> {
                return inputs.value(read);
            }
            case Op.Constant constant -> result.data()[0] = constant.value();
            case Op.Extent extent -> result.data()[0] = extent.dim().size(inputs.batch());
            case Op.Iota iota -> iota(iota.axis(), result);
        }
        return result;
    }

    private static void iota(int axis, TensorValue result) {
        int[] strides = new int[result.sizes().length];
        strides[axis] = 1;
        int[] offsets = Offsets.of(result.sizes(), strides, 0);
        for (int i = 0; i < offsets.length; i++) {
            result.data()[i] = offsets[i];
        }
    }
}
