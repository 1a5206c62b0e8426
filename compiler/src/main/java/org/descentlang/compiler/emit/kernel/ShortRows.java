package org.descentlang.compiler.emit.kernel;

import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.plan.Affine;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Code.Pass;
import org.descentlang.compiler.plan.Code.Reduction;
import org.descentlang.compiler.plan.Code.Store;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Node;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;

/**
 * A kernel over rows of so few columns that most lanes of a vector along them would be idle; with rows side by side all
 * are busy.
 */
final class ShortRows {
    /** From here on, vectors run along the columns. */
    static final int MANY_COLUMNS = 8;

    /** Lines whose text stays within what HotSpot's first compiler takes. */
    private static final int MOST_LINES = 40;

    static final int ROW = 0;
    static final int COLUMN = 1;

    private final Program program;
    private final Code code;
    /** For each line, whether it differs from row to row. */
    private final boolean[] vector;

    ShortRows(Plan plan, Kernel.Rows kernel) {
        program = plan.program();
        code = kernel.code();
        vector = new boolean[code.lines().size()];
        for (int line = 0; line < vector.length; line++) {
            vector[line] = switch (code.node(line)) {
                case Node.Load load -> load.offset().uses(ROW);
                case Node.Position position -> position.position().uses(ROW);
                case Node.Reduced _ -> true;
                case Node.Apply apply -> apply.operands().stream().anyMatch(operand -> vector[operand]);
                case Node.Literal _, Node.Host _ -> false;
            };
        }
    }

    static long stride(Affine position) {
        return position.coefficient(ROW).fixed();
    }

    boolean isVector(int line) {
        return vector[line];
    }

    /** Whether there is a form with rows side by side. */
    boolean haveVectors() {
        return haveFewColumns(code) && !code.passes().isEmpty() && code.lines().size() <= MOST_LINES && areSupported();
    }

    static boolean haveFewColumns(Code code) {
        return code.rowLoops() == 1
                && code.columnLoops() == 1
                && code.loops().getLast().isFixed()
                && code.loops().getLast().fixed() < MANY_COLUMNS;
    }

    private boolean areSupported() {
        for (int line = 0; line < vector.length; line++) {
            if (vector[line] && !isSupported(code.node(line))) {
                return false;
            }
        }
        return code.passes().stream().allMatch(this::isSupported)
                && code.rowStores().stream().allMatch(this::isSupported);
    }

    private boolean isSupported(Node node) {
        return switch (node) {
            case Node.Load load -> isEven(load.offset());
            case Node.Position position -> isEven(position.position());
            case Node.Apply apply ->
                VectorText.supports(
                        apply.op(), code.node(apply.operands().getFirst()).element(), apply.element());
            case Node.Reduced _, Node.Literal _, Node.Host _ -> true;
        };
    }

    private boolean isSupported(Pass pass) {
        return pass.stores().stream().allMatch(this::isSupported)
                && pass.reductions().stream().allMatch(this::isSupported);
    }

    private boolean isSupported(Store store) {
        ElementType element = program.type(store.value()).element();
        return isEven(store.offset())
                && (element == ElementType.F32 || element == ElementType.I32 && stride(store.offset()) == 1);
    }

    private boolean isSupported(Reduction reduction) {
        return code.node(reduction.line()).element() == ElementType.F32
                && switch (KernelWriter.op(program, reduction)) {
                    case Op.Reduce _ -> true;
                    case Op.ArgMax _ -> !reduction.position().uses(ROW);
                };
    }

    /** Whether the rows' elements have one distance. */
    private static boolean isEven(Affine position) {
        Dim stride = position.coefficient(ROW);
        return stride.isFixed()
                && stride.factor() > 0
                && position.terms().stream().allMatch(term -> switch (term.atom()) {
                    case Affine.One _, Affine.Variable _ -> true;
                    case Affine.Quotient(Affine dividend, Dim _) -> !dividend.uses(ROW);
                    case Affine.Remainder(Affine dividend, Dim _) -> !dividend.uses(ROW);
                });
    }
}
