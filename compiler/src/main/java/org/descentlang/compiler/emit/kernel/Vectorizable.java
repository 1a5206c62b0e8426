package org.descentlang.compiler.emit.kernel;

import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.plan.Affine;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Code.Pass;
import org.descentlang.compiler.plan.Code.Store;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Node;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;

/**
 * Which kernels have a vector form: those whose innermost loop runs along memory and whose operations all have one. The
 * others stay plain loops.
 */
final class Vectorizable {
    /** Lines in the innermost loop whose text, for the shortest vectors, stays within what HotSpot compiles. */
    private static final int MOST_LINES = 60;

    /**
     * Below, most lanes of the longest vectors would be idle: measured on rows of 3, plain loops are one and a half
     * times as fast.
     */
    private static final int FEWEST_COLUMNS = 8;

    private final Program program;
    private final Code code;

    private Vectorizable(Plan plan, Code code) {
        this.program = plan.program();
        this.code = code;
    }

    static boolean isVectorizable(Plan plan, Code code) {
        var test = new Vectorizable(plan, code);
        return test.test() && !test.isShort();
    }

    static boolean isVectorizable(Plan plan, Kernel.Columns columns) {
        var test = new Vectorizable(plan, columns.code());
        return plan.program().type(columns.value()).element() == ElementType.F32
                && test.runsAlong(columns.result())
                && test.test();
    }

    private boolean test() {
        if (code.columnLoops() == 0 || code.passes().isEmpty()) {
            return false;
        }
        long inner = code.lines().stream().filter(line -> line.depth() == all()).count();
        return inner <= MOST_LINES
                && code.lines().stream().allMatch(line -> line.depth() < all() || isSupported(line.node()))
                && code.passes().stream().allMatch(this::isSupported);
    }

    private boolean isShort() {
        Dim columns = code.loops().getLast();
        return columns.isFixed() && columns.fixed() < FEWEST_COLUMNS;
    }

    private int all() {
        return code.loops().size();
    }

    private boolean isSupported(Node node) {
        return switch (node) {
            case Node.Load load -> runsAlong(load.offset());
            case Node.Position position -> runsAlong(position.position());
            case Node.Apply apply ->
                VectorText.supports(
                        apply.op(), code.node(apply.operands().getFirst()).element(), apply.element());
            case Node.Literal _, Node.Host _, Node.Reduced _ -> true;
        };
    }

    private boolean isSupported(Pass pass) {
        return pass.stores().stream().allMatch(this::isSupported)
                && pass.reductions().stream().allMatch(this::isSupported);
    }

    private boolean isSupported(Store store) {
        return program.type(store.value()).element() == ElementType.F32 && runsAlong(store.offset());
    }

    private boolean isSupported(Code.Reduction reduction) {
        return code.node(reduction.line()).element() == ElementType.F32
                && switch (KernelWriter.op(program, reduction)) {
                    case Op.Reduce _ -> true;
                    case Op.ArgMax _ -> false;
                };
    }

    /** Whether neighbours in the innermost loop are neighbours in memory. */
    private boolean runsAlong(Affine position) {
        int last = all() - 1;
        Dim step = position.coefficient(last);
        return step.isOne() && isPlain(position, last);
    }

    private static boolean isPlain(Affine position, int variable) {
        return position.terms().stream().allMatch(term -> switch (term.atom()) {
            case Affine.One _, Affine.Variable _ -> true;
            case Affine.Quotient(Affine dividend, Dim _) -> !dividend.uses(variable);
            case Affine.Remainder(Affine dividend, Dim _) -> !dividend.uses(variable);
        });
    }
}
