package org.descentlang.compiler.emit.kernel;

import java.util.ArrayList;
import java.util.List;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Node;

/**
 * The memory that a kernel is lent for the duration of a call, different for each thread.
 *
 * @param floats whether it needs `lanes`, for partial sums, for functions of many numbers at once, and for numbers that
 *     lie apart
 * @param doubles whether it needs `sums`, the partial sums of a reduction to one number
 */
public record Scratch(boolean floats, boolean doubles) {
    public static final Scratch NONE = new Scratch(false, false);

    static Scratch of(Program program, Code code, boolean wide) {
        boolean sums = false;
        for (var pass : code.passes()) {
            sums |= code.columnLoops() > 0 && !KernelWriter.sums(program, pass).isEmpty();
        }
        boolean functions = code.lines().stream()
                .anyMatch(line -> line.node() instanceof Node.Apply apply
                        && VectorText.needsScratch(apply.op(), apply.element()));
        return new Scratch(sums && !wide || functions, sums && wide);
    }

    /** Of a kernel over rows: elements of short rows lie apart where these are side by side. */
    static Scratch ofRows(Program program, Code code) {
        Scratch scratch = of(program, code, false);
        return new Scratch(scratch.floats || ShortRows.haveFewColumns(code), scratch.doubles);
    }

    public boolean isNone() {
        return !floats && !doubles;
    }

    /** Declarations of what it is lent for the part of the current work. */
    List<String> variables(String memory) {
        var variables = new ArrayList<String>();
        if (floats) {
            variables.add("float[] lanes = " + memory + "lanes[part]");
        }
        if (doubles) {
            variables.add("double[] sums = " + memory + "sums[part]");
        }
        return variables;
    }

    public Scratch and(Scratch other) {
        return new Scratch(floats || other.floats, doubles || other.doubles);
    }
}
