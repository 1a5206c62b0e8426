package org.descentlang.compiler.autodiff;

import java.util.List;
import org.descentlang.compiler.ir.Op;

/** Each operand gets its part. */
final class AssemblingGradient {
    private final Adjoints adjoints;

    AssemblingGradient(Adjoints adjoints) {
        this.adjoints = adjoints;
    }

    void propagate(Op.Assembling op, List<Integer> operands, int g) {
        switch (op) {
            case Op.Pad pad -> pad(pad, operands.getFirst(), g);
            case Op.Concat concat -> concat(concat.axis(), operands, g);
        }
    }

    private void pad(Op.Pad pad, int x, int g) {
        long length = adjoints.shape(x).dim(pad.axis()).fixed();
        adjoints.add(x, adjoints.apply(new Op.Slice(pad.axis(), pad.before(), length), g));
    }

    private void concat(int axis, List<Integer> operands, int g) {
        long start = 0;
        for (int operand : operands) {
            long length = adjoints.shape(operand).dim(axis).fixed();
            if (adjoints.isWanted(operand)) {
                adjoints.add(operand, adjoints.apply(new Op.Slice(axis, start, length), g));
            }
            start += length;
        }
    }
}
