package org.descentlang.compiler.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.descentlang.compiler.plan.Reach.Access;
import org.descentlang.compiler.type.Dim;

/** Roots that one kernel will compute, while fusion collects them. */
final class Group {
    enum Kind {
        SCALARS,
        ROWS,
        FOLD,
        COLUMNS,
        ASSEMBLY,
        LIBRARY,
        LOOP
    }

    private static final int LARGEST = 300;
    /** More is no longer bound by memory. */
    private static final int LARGEST_FOLD = 50;

    private static final int SPLIT_UNKNOWN = -1;

    private Kind kind;
    private final List<Dim> dims;
    private final List<Integer> roots = new ArrayList<>();
    private final Set<Access> accesses = new LinkedHashSet<>();
    private int rows = SPLIT_UNKNOWN;
    private int size;

    Group(Kind kind, List<Dim> dims) {
        this.kind = kind;
        this.dims = dims;
    }

    Kind kind() {
        return kind;
    }

    List<Dim> dims() {
        return dims;
    }

    List<Integer> roots() {
        return roots;
    }

    /** How many of the loops run over rows: all, if nothing is reduced. */
    int rows() {
        return rows == SPLIT_UNKNOWN ? dims.size() : rows;
    }

    void add(int root) {
        roots.add(root);
    }

    void add(int root, Space space, Set<Access> reached, int cost) {
        if (space.rows() < dims.size()) {
            rows = space.rows();
        }
        roots.add(root);
        accesses.addAll(reached);
        size += cost;
    }

    /** Everything to one number. */
    void addFold(int root, Set<Access> reached, int cost) {
        kind = Kind.FOLD;
        roots.add(root);
        accesses.addAll(reached);
        size += cost;
    }

    /**
     * Whether a root of this space has its elements in these loops: all of them or, once rows are known, those of the
     * rows.
     */
    boolean fits(Space space, int cost) {
        boolean sameRows = rows == SPLIT_UNKNOWN || space.rows() == rows || space.rows() == dims.size();
        boolean full = space.dims().equals(dims) && sameRows;
        boolean ofRow = rows != SPLIT_UNKNOWN && space.dims().equals(dims.subList(0, rows)) && space.rows() == rows;
        return kind == Kind.ROWS && (full || ofRow) && size + cost <= LARGEST;
    }

    /** Whether these loops, element-wise so far, can also reduce everything in this space to one number. */
    boolean fitsFold(Space space, int cost) {
        return kind == Kind.ROWS && rows == SPLIT_UNKNOWN && isOnePass(space, cost);
    }

    /** Whether these loops reduce everything to one number and can also compute an element-wise root of this space. */
    boolean fitsBesideFold(Space space, int cost) {
        return kind == Kind.FOLD && space.rows() == dims.size() && isOnePass(space, cost);
    }

    private boolean isOnePass(Space space, int cost) {
        return space.dims().equals(dims) && size + cost <= LARGEST_FOLD;
    }

    boolean shares(Set<Access> reached) {
        return rows != SPLIT_UNKNOWN
                || reached.stream().anyMatch(access -> accesses.contains(access) || roots.contains(access.value()));
    }
}
