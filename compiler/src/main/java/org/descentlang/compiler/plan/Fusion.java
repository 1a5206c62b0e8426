package org.descentlang.compiler.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.descentlang.compiler.ir.Loop;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.plan.Group.Kind;
import org.descentlang.compiler.plan.Reach.Access;
import org.descentlang.compiler.type.Shape;

/**
 * Puts roots into groups, each to become one kernel, and groups into an order. Roots come in program order; each joins
 * the last group that runs over the same elements, that it shares something with (or that goes over rows several times
 * anyway) and that comes after everything it needs; else it starts a group at the end.
 *
 * <pre>
 *   z = x @ w            library
 *   m = max(z)           rows [batch | 10], pass 1
 *   e = exp(z - m)       same rows, pass 2
 *   s = sum(e)           same rows, pass 2
 *   p = e / s            same rows, pass 3
 * </pre>
 *
 * <p>What reduces everything to one number takes with it element-wise roots over the same elements that join no rows:
 *
 * <pre>
 *   loss = sum((x - y) * (x - y))    fold [batch, 10]
 *   g = 2 * (x - y)                  stored on the way
 * </pre>
 */
final class Fusion {
    private final Program program;
    private final Roots roots;
    private final List<Group> groups = new ArrayList<>();
    private final int[] groupOf;

    private Fusion(Program program, Roots roots) {
        this.program = program;
        this.roots = roots;
        this.groupOf = new int[program.size()];
    }

    static List<Group> groups(Program program, Roots roots) {
        var fusion = new Fusion(program, roots);
        for (int value = 0; value < program.size(); value++) {
            if (roots.isRoot(value)) {
                fusion.place(value);
            } else if (roots.isHost(value)) {
                fusion.placeScalar(value);
            }
        }
        return fusion.groups;
    }

    private void place(int root) {
        switch (kind(root)) {
            case ROWS -> placeInRows(root);
            case FOLD -> placeFold(root);
            case COLUMNS, ASSEMBLY, LIBRARY, SCALARS -> start(root);
            case LOOP -> placeInLoop(root);
        }
    }

    private Kind kind(int root) {
        return switch (Role.of(program, root)) {
            case LIBRARY -> Kind.LIBRARY;
            case LOOP -> Kind.LOOP;
            case ASSEMBLY -> Kind.ASSEMBLY;
            case REDUCTION -> {
                if (roots.isFold(root)) {
                    yield Kind.FOLD;
                }
                yield Space.keepsLast(program, root) ? Kind.COLUMNS : Kind.ROWS;
            }
            case VIEW, POINTWISE, READ, SCALAR -> Kind.ROWS;
        };
    }

    private void start(int root) {
        groupOf[root] = groups.size();
        var group = new Group(kind(root), List.of());
        group.add(root);
        groups.add(group);
    }

    /** Results of one loop come from one run of it. */
    private void placeInLoop(int root) {
        for (int candidate = groups.size() - 1; candidate >= 0; candidate--) {
            if (groups.get(candidate).kind() == Kind.LOOP
                    && isSameLoop(groups.get(candidate).roots().getFirst(), root)) {
                groups.get(candidate).add(root);
                groupOf[root] = candidate;
                return;
            }
        }
        start(root);
    }

    private boolean isSameLoop(int a, int b) {
        return program.instruction(a).op() instanceof Op.Scan(Loop one, var _, var _)
                && program.instruction(b).op() instanceof Op.Scan(Loop other, var _, var _)
                && program.instruction(a)
                        .operands()
                        .equals(program.instruction(b).operands())
                && one.equals(other);
    }

    private void placeInRows(int root) {
        Space space = Space.of(program, root);
        Reach reach = reach(root, space);
        int cost = roots.cost(root);
        int found = lastGroup(reach, group -> group.fits(space, cost))
                .or(() -> lastGroup(reach, group -> group.fitsBesideFold(space, cost)))
                .orElseGet(() -> newGroup(space));
        groupOf[root] = found;
        groups.get(found).add(root, space, reach.memory(), cost);
    }

    private void placeFold(int root) {
        Space space = Space.of(program, root);
        Reach reach = reach(root, space);
        int cost = roots.cost(root);
        int found = lastGroup(reach, group -> group.fitsFold(space, cost)).orElseGet(() -> newGroup(space));
        groupOf[root] = found;
        groups.get(found).addFold(root, reach.memory(), cost);
    }

    private Reach reach(int root, Space space) {
        var reach = new Reach(program, roots, space.dims());
        reach.intoRoot(root, space.index());
        return reach;
    }

    private int newGroup(Space space) {
        groups.add(new Group(Kind.ROWS, space.dims()));
        return groups.size() - 1;
    }

    private Optional<Integer> lastGroup(Reach reach, Predicate<Group> fits) {
        for (int candidate = groups.size() - 1; candidate >= 0; candidate--) {
            Group group = groups.get(candidate);
            if (fits.test(group) && group.shares(reach.memory()) && isReady(candidate, reach)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private boolean isReady(int candidate, Reach reach) {
        return reach.hosts().stream().allMatch(host -> groupOf[host] < candidate)
                && reach.memory().stream().allMatch(access -> isReady(candidate, access));
    }

    /** Computed by an earlier group or, for the same element, by this one. */
    private boolean isReady(int candidate, Access access) {
        if (Role.of(program, access.value()) == Role.READ) {
            return true;
        }
        int at = groupOf[access.value()];
        if (at != candidate) {
            return at < candidate;
        }
        Shape shape = program.type(access.value()).shape();
        return access.index().equals(Index.identity(shape));
    }

    private void placeScalar(int value) {
        int after = -1;
        for (int operand : program.instruction(value).operands()) {
            int source = roots.isHost(operand) ? operand : roots.fetched(operand);
            boolean scalar = Role.of(program, source) == Role.SCALAR;
            if (Role.of(program, source) != Role.READ) {
                after = Math.max(after, scalar ? groupOf[source] - 1 : groupOf[source]);
            }
        }
        groupOf[value] = scalarsAfter(after);
        groups.get(groupOf[value]).add(value);
    }

    private int scalarsAfter(int after) {
        for (int candidate = after + 1; candidate < groups.size(); candidate++) {
            if (groups.get(candidate).kind() == Kind.SCALARS) {
                return candidate;
            }
        }
        groups.add(new Group(Kind.SCALARS, List.of()));
        return groups.size() - 1;
    }
}
