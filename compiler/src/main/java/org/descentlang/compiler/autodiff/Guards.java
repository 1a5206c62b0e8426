package org.descentlang.compiler.autodiff;

import java.util.ArrayList;
import java.util.List;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;

/**
 * The conditions outside of which a derivative is zero, because a `where` took its other value there.
 *
 * <p>An operation in a branch that was not taken may have an infinite slope, and zero times infinity is no number:
 * {@code where(x > 0, sqrt(x), 0)} at -1. So the slope multiplies the derivative without its conditions, and these are
 * put around the product:
 *
 * <pre>
 * select(c, g, 0) * slope      ──▶      select(c, g * slope, 0)
 * </pre>
 */
final class Guards {
    private final Adjoints adjoints;
    private final int guarded;
    private final int derivative;
    private final List<Instruction> selects;

    private Guards(Adjoints adjoints, int guarded, int derivative, List<Instruction> selects) {
        this.adjoints = adjoints;
        this.guarded = guarded;
        this.derivative = derivative;
        this.selects = selects;
    }

    /** Those of the derivative {@code guarded}. */
    static Guards of(int guarded, Adjoints adjoints) {
        var selects = new ArrayList<Instruction>();
        int derivative = guarded;
        for (int operand = chosen(derivative, adjoints); operand > 0; operand = chosen(derivative, adjoints)) {
            Instruction select = adjoints.instruction(derivative);
            selects.add(select);
            derivative = select.operand(operand);
        }
        return new Guards(adjoints, guarded, derivative, selects);
    }

    /** Which operand of a selection the other is zero to, or 0. */
    private static int chosen(int value, Adjoints adjoints) {
        Instruction instruction = adjoints.instruction(value);
        if (!(instruction.op() instanceof Op.Select)) {
            return 0;
        }
        if (adjoints.isConstant(instruction.operand(2), 0)) {
            return 1;
        }
        return adjoints.isConstant(instruction.operand(1), 0) ? 2 : 0;
    }

    /** The derivative under its conditions. */
    int guarded() {
        return guarded;
    }

    /** The derivative without its conditions. */
    int derivative() {
        return derivative;
    }

    /** A multiple of the derivative, under the conditions again. */
    int around(int multiple) {
        if (multiple == derivative) {
            return guarded;
        }
        int result = multiple;
        for (Instruction select : selects.reversed()) {
            int condition = select.operand(0);
            int zero = adjoints.constant(0, adjoints.shape(multiple));
            result = chosenFirst(select)
                    ? adjoints.select(condition, result, zero)
                    : adjoints.select(condition, zero, result);
        }
        return result;
    }

    private boolean chosenFirst(Instruction select) {
        return adjoints.isConstant(select.operand(2), 0);
    }
}
