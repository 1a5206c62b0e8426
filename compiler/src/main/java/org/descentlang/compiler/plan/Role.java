package org.descentlang.compiler.plan;

import java.util.List;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.type.Shape;

/** What an instruction is to the planner. */
enum Role {
    /** In memory before the program starts. */
    READ,
    /** A single number that the host computes, in double precision where it is f32. */
    SCALAR,
    /** The same elements at other positions: never computed, only indexed. */
    VIEW,
    /** One result element from one element of each operand. */
    POINTWISE,
    REDUCTION,
    /** Operands put side by side in new memory. */
    ASSEMBLY,
    /** A kernel of its own, which reads operands and writes its result in memory. */
    LIBRARY,
    /** A program of its own, whose results are in memory. */
    LOOP;

    static Role of(Program program, int value) {
        Instruction instruction = program.instruction(value);
        boolean single = instruction.type().isScalar();
        return switch (instruction.op()) {
            case Op.Read read -> read.storage() == Storage.SCALAR ? SCALAR : READ;
            case Op.Constant _, Op.Extent _ -> SCALAR;
            case Op.Iota _ -> VIEW;
            case Op.ElementWise _ -> single ? SCALAR : POINTWISE;
            case Op.View _ -> single ? SCALAR : VIEW;
            case Op.Assembling _ -> ASSEMBLY;
            case Op.Reduce reduce ->
                reducesNothing(
                                reduce.axes(),
                                program.type(instruction.operand(0)).shape())
                        ? (single ? SCALAR : VIEW)
                        : REDUCTION;
            case Op.ArgMax _ -> REDUCTION;
            case Op.Call _ -> LIBRARY;
            case Op.Region _ -> LOOP;
        };
    }

    private static boolean reducesNothing(List<Integer> axes, Shape shape) {
        return axes.stream().allMatch(axis -> shape.dim(axis).isOne());
    }
}
