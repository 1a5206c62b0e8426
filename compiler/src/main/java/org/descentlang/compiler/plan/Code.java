package org.descentlang.compiler.plan;

import java.util.List;
import org.descentlang.compiler.type.Dim;

/**
 * Nested loops and the scalar code in them, for any target to print.
 *
 * <p>The first {@code rowLoops} loops run over rows. For every row the passes follow one another, each over the
 * remaining loops. A line belongs inside {@code depth} loops; a line of a row may need the reductions of passes before.
 *
 * @param loops extents, outermost first
 */
public record Code(List<Dim> loops, int rowLoops, List<Line> lines, List<Pass> passes, List<Store> rowStores) {
    public Code {
        loops = List.copyOf(loops);
        lines = List.copyOf(lines);
        passes = List.copyOf(passes);
        rowStores = List.copyOf(rowStores);
    }

    /**
     * @param pass for a line inside the column loops the pass that it is part of, else the last pass that it needs, or
     * -1
     */
    public record Line(Node node, int depth, int pass) {}

    /** One run over the columns of a row: what it stores for each element, and what it reduces. */
    public record Pass(List<Store> stores, List<Reduction> reductions) {
        public Pass {
            stores = List.copyOf(stores);
            reductions = List.copyOf(reductions);
        }
    }

    /** @param line what is stored at {@code offset} elements after the first of {@code value} */
    public record Store(int value, int line, Affine offset) {}

    /**
     * @param value the instruction, a Reduce or ArgMax
     * @param line what is reduced
     * @param position for ArgMax, where the element is along the axis
     */
    public record Reduction(int value, int line, Affine position) {}

    public int columnLoops() {
        return loops.size() - rowLoops;
    }

    public Node node(int line) {
        return lines.get(line).node();
    }
}
