package org.descentlang.compiler.pass;

import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;

/**
 * Drops what no output needs.
 *
 * <pre>
 * %1 = exp %0                    %1 = log %0
 * %2 = log %0              ──▶
 * output result "y" = %2         output result "y" = %1
 * </pre>
 */
public final class DeadCode {
    private DeadCode() {}

    public static Program remove(Program program) {
        boolean[] live = live(program);
        var builder = new ProgramBuilder(program.name());
        int[] moved = new int[program.size()];
        for (int value = 0; value < program.size(); value++) {
            if (live[value]) {
                Instruction instruction = program.instruction(value);
                builder.at(instruction.origin());
                moved[value] = builder.add(instruction.op(), Rewriter.moved(instruction.operands(), moved));
            }
        }
        for (Output output : program.outputs()) {
            builder.output(output.sink(), output.name(), moved[output.value()]);
        }
        return builder.build();
    }

    private static boolean[] live(Program program) {
        boolean[] live = new boolean[program.size()];
        for (Output output : program.outputs()) {
            live[output.value()] = true;
        }
        for (int value = program.size() - 1; value >= 0; value--) {
            if (live[value]) {
                for (int operand : program.instruction(value).operands()) {
                    live[operand] = true;
                }
            }
        }
        return live;
    }
}
