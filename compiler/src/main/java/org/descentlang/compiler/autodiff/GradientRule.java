package org.descentlang.compiler.autodiff;

import java.util.List;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;

/**
 * The vector-Jacobian product of every operation: what the derivative of the loss with respect to an instruction's
 * value, here always {@code g}, means for its operands.
 */
final class GradientRule {
    private final Adjoints adjoints;
    private final LoopGradients loops;

    GradientRule(Adjoints adjoints, LoopGradients loops) {
        this.adjoints = adjoints;
        this.loops = loops;
    }

    /** Passes the known derivative of {@code value} on to the operands of its instruction. */
    void propagate(Instruction instruction, int value) {
        int g = adjoints.of(value);
        List<Integer> operands = instruction.operands();
        switch (instruction.op()) {
            case Op.Leaf _ -> {}
            case Op.ElementWise op -> new ElementWiseGradient(adjoints, g).propagate(op, operands, value);
            case Op.View op -> new ViewGradient(adjoints).propagate(op, operands.getFirst(), g);
            case Op.Reducing op -> new ReducingGradient(adjoints).propagate(op, operands.getFirst(), value, g);
            case Op.Assembling op -> new AssemblingGradient(adjoints).propagate(op, operands, g);
            case Op.Call op -> new CallGradient(adjoints).propagate(op, operands, g);
            case Op.Region _ when loops.isFirst(value) -> loops.propagate(value, operands, adjoints);
            // With the first result of its loop.
            case Op.Region _ -> {}
        }
    }
}
