package org.descentlang.compiler.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.descentlang.compiler.plan.Code.Line;
import org.descentlang.compiler.plan.Code.Pass;
import org.descentlang.compiler.plan.Code.Reduction;
import org.descentlang.compiler.plan.Code.Store;
import org.descentlang.compiler.type.Dim;

/**
 * Makes neighbouring loops one where every position allows it, then puts each line into as few loops as it needs.
 *
 * <pre>
 *   for i in batch, for j in 256: a[256 i + j] = b[256 i + j]     becomes     for k in 256 batch: a[k] = b[k]
 * </pre>
 */
final class Loops {
    private final List<Dim> extents;
    private final List<Integer> order = new ArrayList<>();
    private List<Node> nodes;
    private List<Pass> passes;
    private List<Store> rowStores;

    private Loops(List<Dim> extents, List<Node> nodes, List<Pass> passes, List<Store> rowStores) {
        this.extents = new ArrayList<>(extents);
        this.nodes = nodes;
        this.passes = passes;
        this.rowStores = rowStores;
        for (int variable = 0; variable < extents.size(); variable++) {
            order.add(variable);
        }
    }

    /**
     * @param rows how many of the extents are rows
     * @param split whether to take all loops but the last for rows: nothing is reduced
     * @param passOf the pass of each node
     */
    static Code merge(
            List<Dim> extents,
            int rows,
            boolean split,
            List<Node> nodes,
            List<Integer> passOf,
            List<Pass> passes,
            List<Store> rowStores) {
        var loops = new Loops(extents, nodes, passes, rowStores);
        int rowLoops = loops.mergeAll(rows);
        loops.renumber();
        return loops.code(split ? Math.max(0, loops.order.size() - 1) : rowLoops, passOf);
    }

    /** @return how many loops over rows are left */
    private int mergeAll(int rows) {
        int rowLoops = rows;
        int at = 0;
        while (at + 1 < order.size()) {
            boolean sameSide = at + 1 != rowLoops;
            if (sameSide && mergeable(order.get(at), order.get(at + 1))) {
                merge(at);
                rowLoops -= at < rowLoops ? 1 : 0;
                at = Math.max(0, at - 1);
            } else {
                at++;
            }
        }
        return rowLoops;
    }

    private boolean mergeable(int outer, int inner) {
        return positions().stream()
                .flatMap(position -> position.nested().stream())
                .allMatch(position -> follows(position, outer, inner));
    }

    private boolean follows(Affine position, int outer, int inner) {
        Dim whole = position.coefficient(inner).times(extents.get(inner));
        Dim found = position.coefficient(outer);
        boolean equal = found.equals(whole) || found.factor() == 0 && whole.factor() == 0;
        return equal && position.isPlainIn(outer) && position.isPlainIn(inner);
    }

    private void merge(int at) {
        int outer = order.get(at);
        int inner = order.get(at + 1);
        order.subList(at, at + 1).clear();
        extents.set(inner, extents.get(outer).times(extents.get(inner)));
        rewrite(position -> position.without(outer));
    }

    private void renumber() {
        var numbers = List.copyOf(order);
        rewrite(position -> position.renumbered(numbers));
    }

    private List<Affine> positions() {
        var found = new ArrayList<Affine>();
        rewrite(position -> {
            found.add(position);
            return position;
        });
        return found;
    }

    private void rewrite(UnaryOperator<Affine> change) {
        nodes = nodes.stream().map(node -> rewrite(node, change)).toList();
        passes = passes.stream()
                .map(pass -> new Pass(
                        pass.stores().stream()
                                .map(store -> rewrite(store, change))
                                .toList(),
                        pass.reductions().stream()
                                .map(reduction -> rewrite(reduction, change))
                                .toList()))
                .toList();
        rowStores = rowStores.stream().map(store -> rewrite(store, change)).toList();
    }

    private static Node rewrite(Node node, UnaryOperator<Affine> change) {
        return switch (node) {
            case Node.Load load -> new Node.Load(load.value(), change.apply(load.offset()), load.element());
            case Node.Position position -> new Node.Position(change.apply(position.position()));
            case Node.Literal _, Node.Host _, Node.Apply _, Node.Reduced _ -> node;
        };
    }

    private static Store rewrite(Store store, UnaryOperator<Affine> change) {
        return new Store(store.value(), store.line(), change.apply(store.offset()));
    }

    private static Reduction rewrite(Reduction reduction, UnaryOperator<Affine> change) {
        return new Reduction(reduction.value(), reduction.line(), change.apply(reduction.position()));
    }

    private Code code(int rowLoops, List<Integer> passOf) {
        boolean reduces = passes.stream().anyMatch(pass -> !pass.reductions().isEmpty());
        var lines = new ArrayList<Line>();
        for (int i = 0; i < nodes.size(); i++) {
            int depth = nodes.get(i) instanceof Node.Reduced ? rowLoops : depth(nodes.get(i), lines);
            boolean ofRow = depth <= rowLoops;
            lines.add(new Line(nodes.get(i), depth, ofRow && !reduces ? -1 : passOf.get(i)));
        }
        var dims = order.stream().map(extents::get).toList();
        return new Code(dims, rowLoops, lines, passes, rowStores);
    }

    private int depth(Node node, List<Line> lines) {
        return switch (node) {
            case Node.Literal _, Node.Host _, Node.Reduced _ -> 0;
            case Node.Load load -> depth(load.offset());
            case Node.Position position -> depth(position.position());
            case Node.Apply apply ->
                apply.operands().stream()
                        .mapToInt(operand -> lines.get(operand).depth())
                        .max()
                        .orElse(0);
        };
    }

    private int depth(Affine position) {
        for (int loop = order.size(); loop > 0; loop--) {
            if (position.uses(loop - 1)) {
                return loop;
            }
        }
        return 0;
    }
}
