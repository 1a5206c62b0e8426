package org.descentlang.compiler.plan;

import java.util.List;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.plan.Group.Kind;
import org.descentlang.compiler.plan.Reach.Access;
import org.descentlang.compiler.type.Shape;

/**
 * In which pass over a row each root of a group is computed, and which roots must be in memory since another pass,
 * another kernel or something other than generated code reads them.
 */
final class Stages {
    private final Program program;
    private final Roots roots;
    private final List<Group> groups;
    private final int[] groupOf;
    private final int[] stage;
    private final boolean[] stored;

    private Stages(Program program, Roots roots, List<Group> groups) {
        this.program = program;
        this.roots = roots;
        this.groups = groups;
        this.groupOf = new int[program.size()];
        this.stage = new int[program.size()];
        this.stored = new boolean[program.size()];
    }

    static Stages of(Program program, Roots roots, List<Group> groups) {
        var stages = new Stages(program, roots, groups);
        for (int i = 0; i < groups.size(); i++) {
            for (int root : groups.get(i).roots()) {
                stages.groupOf[root] = i;
            }
        }
        groups.forEach(stages::visit);
        return stages;
    }

    /** The pass of an element or a reduction; for a value of a whole row, the last pass that it needs, or -1. */
    int stage(int root) {
        return stage[root];
    }

    boolean isStored(int value) {
        return stored[value];
    }

    boolean isIn(Group group, int root) {
        return roots.isRoot(root) && groups.get(groupOf[root]) == group;
    }

    /** Whether a root is one value for a whole row of its group. */
    boolean isOfRow(int root) {
        Group group = groups.get(groupOf[root]);
        boolean reduces = group.rows() < group.dims().size();
        return group.kind() == Kind.ROWS && reduces && !isReduction(root) && rank(root) == group.rows();
    }

    boolean isReduction(int root) {
        return Role.of(program, root) == Role.REDUCTION;
    }

    private void visit(Group group) {
        for (int root : group.roots()) {
            stored[root] |= roots.isRequired(root);
            switch (group.kind()) {
                case ROWS, FOLD -> visitRow(group, root);
                case COLUMNS -> reach(root).memory().forEach(access -> stored[access.value()] = true);
                case ASSEMBLY -> assembled(root);
                case SCALARS, LIBRARY, LOOP -> {}
            }
            stored[root] |= group.kind() == Kind.COLUMNS;
        }
    }

    private void assembled(int root) {
        for (int operand : program.instruction(root).operands()) {
            Shape shape = program.type(operand).shape();
            var reach = new Reach(program, roots, Space.whole(shape).dims());
            reach.to(operand, Index.identity(shape));
            reach.memory().forEach(access -> stored[access.value()] = true);
        }
    }

    private void visitRow(Group group, int root) {
        boolean ofRow = isOfRow(root);
        int own = ofRow ? -1 : 0;
        Reach reach = reach(root);
        for (Access access : reach.memory()) {
            int needed = access.value();
            if (isIn(group, needed)) {
                boolean rowToElement = !ofRow && (isReduction(needed) || isOfRow(needed));
                own = Math.max(own, rowToElement ? stage[needed] + 1 : stage[needed]);
            } else {
                stored[needed] = true;
            }
        }
        stage[root] = own;
        for (Access access : reach.memory()) {
            int needed = access.value();
            boolean element = isIn(group, needed) && !isReduction(needed) && !isOfRow(needed);
            stored[needed] |= element && stage[needed] < own;
        }
    }

    private Reach reach(int root) {
        Space space = Space.of(program, root);
        var reach = new Reach(program, roots, space.dims());
        reach.intoRoot(root, space.index());
        return reach;
    }

    private int rank(int root) {
        return Index.longer(program.type(root).shape()).size();
    }
}
