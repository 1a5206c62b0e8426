package org.descentlang.compiler.emit.text;

import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Code.Pass;
import org.descentlang.compiler.plan.Code.Reduction;
import org.descentlang.compiler.plan.Node;

/**
 * Which lines get a variable: what is used twice, in deeper loops than it needs, or in an expression that would get too
 * deep.
 */
public final class Locals {
    private final Program program;
    private final Code code;
    private final int[] uses;
    private final boolean[] local;

    private Locals(Program program, Code code) {
        this.program = program;
        this.code = code;
        this.uses = new int[code.lines().size()];
        this.local = new boolean[code.lines().size()];
    }

    public static boolean[] of(Program program, Code code, int deepest) {
        var locals = new Locals(program, code);
        locals.count();
        locals.nest(deepest);
        locals.hoist();
        locals.leaveAtoms();
        return locals.local;
    }

    private void count() {
        for (int i = 0; i < uses.length; i++) {
            if (code.node(i) instanceof Node.Apply apply) {
                apply.operands().forEach(operand -> uses[operand]++);
            }
        }
        for (Pass pass : code.passes()) {
            pass.stores().forEach(store -> use(store.line(), pass.stores().size() > 1));
            pass.reductions().forEach(reduction -> use(reduction.line(), isUsedTwice(reduction)));
        }
        code.rowStores().forEach(store -> use(store.line(), false));
    }

    private void use(int line, boolean named) {
        uses[line]++;
        local[line] |= named;
    }

    /** What is compared is then kept. */
    private boolean isUsedTwice(Reduction reduction) {
        return switch ((Op.Reducing) program.instruction(reduction.value()).op()) {
            case Op.ArgMax _ -> true;
            case Op.Reduce _ -> false;
        };
    }

    private void nest(int deepest) {
        int[] nested = new int[uses.length];
        for (int i = 0; i < uses.length; i++) {
            local[i] |= uses[i] > 1;
            if (code.node(i) instanceof Node.Apply apply) {
                for (int operand : apply.operands()) {
                    local[operand] |= depth(operand) < depth(i);
                    nested[i] = Math.max(nested[i], local[operand] ? 0 : nested[operand] + 1);
                }
                local[i] |= nested[i] >= deepest;
            }
        }
    }

    private void hoist() {
        int all = code.loops().size();
        for (Pass pass : code.passes()) {
            pass.stores().forEach(store -> local[store.line()] |= depth(store.line()) < all);
            pass.reductions().forEach(reduction -> local[reduction.line()] |= depth(reduction.line()) < all);
        }
    }

    private void leaveAtoms() {
        for (int i = 0; i < uses.length; i++) {
            local[i] &= switch (code.node(i)) {
                case Node.Literal _, Node.Host _, Node.Reduced _ -> false;
                case Node.Load _, Node.Position _, Node.Apply _ -> true;
            };
        }
    }

    private int depth(int line) {
        return code.lines().get(line).depth();
    }
}
