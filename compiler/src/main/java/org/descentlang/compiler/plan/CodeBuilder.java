package org.descentlang.compiler.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.plan.Code.Pass;
import org.descentlang.compiler.plan.Code.Reduction;
import org.descentlang.compiler.plan.Code.Store;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.TensorType;

/**
 * Turns the instructions of one kernel into scalar code: views become positions, shared results are computed once a
 * pass.
 */
final class CodeBuilder {
    /** A line before its loops are known. */
    private record Draft(Node node, boolean ofColumn, int pass) {}

    private record Visit(int value, Index index, int pass) {}

    private final Program program;
    private final Roots roots;
    private final Stages stages;
    private final Optional<Group> group;
    private final List<Dim> extents;
    private final int rows;
    private final List<Draft> drafts = new ArrayList<>();
    private final Map<Draft, Integer> known = new HashMap<>();
    private final Map<Visit, Integer> visited = new HashMap<>();
    private final List<List<Store>> stores = new ArrayList<>();
    private final List<List<Reduction>> reductions = new ArrayList<>();
    private final List<Store> rowStores = new ArrayList<>();

    private CodeBuilder(
            Program program, Roots roots, Stages stages, Optional<Group> group, List<Dim> extents, int rows) {
        this.program = program;
        this.roots = roots;
        this.stages = stages;
        this.group = group;
        this.extents = extents;
        this.rows = rows;
    }

    static Code rows(Program program, Roots roots, Stages stages, Group group) {
        int rows = group.rows() == group.dims().size() ? 0 : group.rows();
        var builder = new CodeBuilder(program, roots, stages, Optional.of(group), group.dims(), rows);
        group.roots().forEach(builder::addRoot);
        return builder.build(group.rows() == group.dims().size());
    }

    /** Everything to one number, and element-wise values on the way. */
    static Code fold(Program program, Roots roots, Stages stages, Group group) {
        var builder = new CodeBuilder(program, roots, stages, Optional.of(group), group.dims(), 0);
        for (int root : group.roots()) {
            if (stages.isReduction(root)) {
                builder.reduce(root, Space.of(program, root).index(), 0);
            } else {
                builder.addRoot(root);
            }
        }
        return builder.build(false);
    }

    /**
     * Each operand element and where it is added: a store that a target carries out as an addition to what is there.
     */
    static Code columns(Program program, Roots roots, Stages stages, int root) {
        Space space = Space.inOrder(program, root);
        int operand = program.instruction(root).operand(0);
        var builder = new CodeBuilder(program, roots, stages, Optional.empty(), space.dims(), 0);
        int line = builder.expand(operand, space.index(), 0);
        builder.store(root, line, kept(program, root, space.index()), 0);
        return builder.build(true);
    }

    /** A copy of {@code operand} to {@code target}, {@code before} positions along an axis. */
    static Code copy(Program program, Roots roots, Stages stages, int operand, int target, int axis, long before) {
        Space space = Space.whole(program.type(operand).shape());
        var builder = new CodeBuilder(program, roots, stages, Optional.empty(), space.dims(), 0);
        var axes = new ArrayList<>(space.index().axes());
        axes.set(axis, axes.get(axis).plus(Affine.constant(before)));
        int line = builder.expand(operand, space.index(), 0);
        builder.store(target, line, new Index(axes).flat(program.type(target).shape()), 0);
        return builder.build(true);
    }

    private static Affine kept(Program program, int root, Index operand) {
        var axes = new ArrayList<>(operand.axes());
        var op = (Op.Reducing) program.instruction(root).op();
        op.axes().reversed().forEach(axis -> axes.remove((int) axis));
        return new Index(axes).flat(program.type(root).shape());
    }

    private void addRoot(int root) {
        Space space = Space.of(program, root);
        Affine own = Index.identity(program.type(root).shape())
                .flat(program.type(root).shape());
        if (stages.isReduction(root)) {
            reduce(root, space.index(), stages.stage(root));
            if (stages.isStored(root)) {
                rowStores.add(new Store(root, reduced(root), own));
            }
        } else if (stages.isStored(root)) {
            int line = compute(root, space.index(), Math.max(0, stages.stage(root)));
            if (stages.isOfRow(root)) {
                rowStores.add(new Store(root, line, own));
            } else {
                store(root, line, own, stages.stage(root));
            }
        }
    }

    private void store(int root, int line, Affine offset, int pass) {
        at(stores, pass).add(new Store(root, line, offset));
    }

    private void reduce(int root, Index index, int pass) {
        Instruction instruction = program.instruction(root);
        int line = expand(instruction.operand(0), index, pass);
        Affine position = switch ((Op.Reducing) instruction.op()) {
            case Op.ArgMax argMax -> index.axes().get(argMax.axis());
            case Op.Reduce _ -> Affine.ZERO;
        };
        at(reductions, pass).add(new Reduction(root, line, position));
    }

    private static <T> List<T> at(List<List<T>> lists, int pass) {
        while (lists.size() <= pass) {
            lists.add(new ArrayList<>());
        }
        return lists.get(pass);
    }

    /** The line of a value's element. */
    private int expand(int value, Index index, int pass) {
        var visit = new Visit(value, index, pass);
        Integer line = visited.get(visit);
        if (line == null) {
            line = expandNew(value, index, pass);
            visited.put(visit, line);
        }
        return line;
    }

    private int expandNew(int value, Index index, int pass) {
        if (roots.isHost(value)) {
            return host(value);
        }
        boolean here = group.isPresent() && stages.isIn(group.get(), value);
        if (here && stages.isReduction(value)) {
            return reduced(value);
        }
        boolean inMemory = roots.isRoot(value) && !computedHere(value, pass);
        return inMemory || Role.of(program, value) == Role.READ
                ? load(value, index, pass)
                : compute(value, index, pass);
    }

    private boolean computedHere(int value, int pass) {
        return group.isPresent()
                && stages.isIn(group.get(), value)
                && (stages.isOfRow(value) || stages.stage(value) == pass);
    }

    private int host(int value) {
        Instruction instruction = program.instruction(value);
        ElementType element = instruction.type().element();
        return instruction.op() instanceof Op.Constant constant
                ? line(new Node.Literal(constant.value(), element), false, -1)
                : line(new Node.Host(value, element), false, -1);
    }

    private int reduced(int value) {
        return line(new Node.Reduced(value, program.type(value).element()), false, stages.stage(value));
    }

    private int load(int value, Index index, int pass) {
        TensorType type = program.type(value);
        Affine offset = index.flat(type.shape());
        boolean ofColumn = usesColumn(offset);
        return line(new Node.Load(value, offset, type.element()), ofColumn, ofColumn ? pass : -1);
    }

    private int compute(int value, Index index, int pass) {
        Instruction instruction = program.instruction(value);
        if (Role.of(program, value) == Role.VIEW) {
            return view(instruction, index, pass);
        }
        var operands = new ArrayList<Integer>();
        boolean ofColumn = false;
        int after = -1;
        for (int operand : instruction.operands()) {
            int line = expand(operand, index, pass);
            operands.add(line);
            ofColumn |= drafts.get(line).ofColumn;
            after = Math.max(after, drafts.get(line).pass);
        }
        var node = new Node.Apply(
                (Op.ElementWise) instruction.op(), operands, instruction.type().element());
        return line(node, ofColumn, ofColumn ? pass : after);
    }

    private int view(Instruction view, Index index, int pass) {
        if (view.op() instanceof Op.Iota iota) {
            Affine position = index.axes().get(iota.axis());
            boolean ofColumn = usesColumn(position);
            return line(new Node.Position(position), ofColumn, ofColumn ? pass : -1);
        }
        int operand = view.operand(0);
        Index through = index.through(
                view.op(), program.type(operand).shape(), view.type().shape(), extents);
        return expand(operand, through, pass);
    }

    private boolean usesColumn(Affine offset) {
        for (int variable = rows; variable < extents.size(); variable++) {
            if (offset.uses(variable)) {
                return true;
            }
        }
        return false;
    }

    private int line(Node node, boolean ofColumn, int pass) {
        var draft = new Draft(node, ofColumn, pass);
        Integer found = known.putIfAbsent(draft, drafts.size());
        if (found != null) {
            return found;
        }
        drafts.add(draft);
        return drafts.size() - 1;
    }

    private Code build(boolean oneLoopInside) {
        while (reductions.size() < stores.size()) {
            reductions.add(new ArrayList<>());
        }
        while (stores.size() < reductions.size()) {
            stores.add(new ArrayList<>());
        }
        var passes = new ArrayList<Pass>();
        for (int i = 0; i < stores.size(); i++) {
            passes.add(new Pass(stores.get(i), reductions.get(i)));
        }
        var nodes = drafts.stream().map(Draft::node).toList();
        var passOf = drafts.stream().map(Draft::pass).toList();
        return Loops.merge(extents, rows, oneLoopInside, nodes, passOf, passes, rowStores);
    }
}
