package org.descentlang.compiler.plan;

import java.util.ArrayList;
import java.util.List;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;

/**
 * The elements that a root's kernel runs over, without axes of size 1.
 *
 * @param dims one a loop variable
 * @param rows how many of them a reduction keeps; all for a root that reduces nothing
 * @param index of the root's own element, or of the operand's that a reduction takes in
 */
record Space(List<Dim> dims, int rows, Index index) {
    static Space of(Program program, int root) {
        Instruction instruction = program.instruction(root);
        return instruction.op() instanceof Op.Reducing reducing && Role.of(program, root) == Role.REDUCTION
                ? reduced(shapeOf(program, root), reducing.axes())
                : whole(instruction.type().shape());
    }

    static Space whole(Shape shape) {
        List<Dim> dims = Index.longer(shape);
        return new Space(dims, dims.size(), Index.identity(shape));
    }

    /** In the order of memory, for a reduction that adds up in memory. */
    static Space inOrder(Program program, int root) {
        return whole(shapeOf(program, root));
    }

    /** Whether the last axis outlives a reduction that can add up its elements side by side. */
    static boolean keepsLast(Program program, int root) {
        Shape shape = shapeOf(program, root);
        int last = shape.rank() - 1;
        while (last >= 0 && shape.dim(last).isOne()) {
            last--;
        }
        return switch ((Op.Reducing) program.instruction(root).op()) {
            case Op.Reduce reduce -> !reduce.axes().contains(last);
            case Op.ArgMax _ -> false;
        };
    }

    /** The variables that a reduction keeps come first. */
    private static Space reduced(Shape operand, List<Integer> axes) {
        var dims = new ArrayList<Dim>();
        var index = new ArrayList<Affine>();
        operand.dims().forEach(_ -> index.add(Affine.ZERO));
        for (boolean reducing : new boolean[] {false, true}) {
            for (int axis = 0; axis < operand.rank(); axis++) {
                boolean here =
                        axes.contains(axis) == reducing && !operand.dim(axis).isOne();
                if (here) {
                    index.set(axis, Affine.variable(dims.size()));
                    dims.add(operand.dim(axis));
                }
            }
        }
        int reduced =
                (int) axes.stream().filter(axis -> !operand.dim(axis).isOne()).count();
        return new Space(dims, dims.size() - reduced, new Index(index));
    }

    private static Shape shapeOf(Program program, int root) {
        return program.type(program.instruction(root).operand(0)).shape();
    }
}
