package org.descentlang.compiler.pass;

import java.util.List;
import java.util.OptionalInt;
import org.descentlang.compiler.ir.Op;

/**
 * A rewrite of one instruction that looks at it and at where its operands come from. It must make the program simpler.
 */
public interface Rule {
    /**
     * What stands for an instruction, or nothing if the rule does not apply.
     *
     * @param operands values of the program that is being written
     */
    OptionalInt apply(Op op, List<Integer> operands, Rewriter program);
}
