package org.descentlang.compiler.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.plan.Plan.Fetch;
import org.descentlang.compiler.type.Shape;

/** From a program to a plan: choose roots, fuse them into groups, write each group's code, find places in memory. */
public final class Planner {
    /** Splitting over threads costs less than a microsecond; below this much work it would not pay. */
    static final long WORTH_SPLITTING = 32_768;

    private final String name;
    private final Program program;
    private final Capacity capacity;
    private final Roots roots;
    private final List<Group> groups;
    private final Stages stages;
    private final Uses uses;

    private Planner(String name, Program program, Capacity capacity) {
        this.name = name;
        this.program = program;
        this.capacity = capacity;
        this.roots = Roots.of(program);
        this.groups = Fusion.groups(program, roots);
        this.stages = Stages.of(program, roots, groups);
        this.uses = Uses.of(program, roots, groups);
    }

    /**
     * @param name begins the names of kernels
     * @param capacity the largest batch
     */
    public static Plan plan(String name, Program program, Capacity capacity, Layout layout) {
        return plan(name, program, capacity, layout, Base.START);
    }

    static Plan plan(String name, Program program, Capacity capacity, Layout layout, Base base) {
        return new Planner(name, program, capacity).plan(layout, base);
    }

    private Plan plan(Layout layout, Base base) {
        var memory = Memory.of(program, capacity, roots, groups, stages, layout, base);
        var steps = new ArrayList<Step>();
        for (int i = 0; i < groups.size(); i++) {
            steps.add(step(name + (i + 1), i, memory));
        }
        return new Plan(
                name,
                program,
                capacity,
                steps,
                memory.commits(name),
                memory.places(),
                fetches(),
                memory.work(),
                memory.workWithoutReuse(),
                memory.integers());
    }

    private Step step(String kernel, int number, Memory memory) {
        Group group = groups.get(number);
        int root = group.roots().getFirst();
        return switch (group.kind()) {
            case SCALARS -> new Step.Scalars(group.roots());
            case ROWS -> {
                Code code = CodeBuilder.rows(program, roots, stages, group);
                var results = group.roots().stream().filter(stages::isStored).toList();
                var inner =
                        results.stream().filter(value -> isInner(value, number)).toList();
                yield new Kernel.Rows(kernel, results, inner, instructions(group), code, isLarge(group));
            }
            case FOLD -> fold(kernel, group);
            case COLUMNS -> columns(kernel, group, root);
            case ASSEMBLY -> assembly(kernel, group, root);
            case LIBRARY -> library(kernel, root);
            case LOOP -> memory.loop(kernel, number);
        };
    }

    private boolean isInner(int value, int group) {
        return !roots.isRequired(value) && uses.of(value).stream().allMatch(use -> use.group() == group);
    }

    private Kernel fold(String kernel, Group group) {
        int value = group.roots().stream().filter(roots::isFold).findFirst().orElseThrow();
        var stored = group.roots().stream()
                .filter(root -> root != value && stages.isStored(root))
                .toList();
        Code code = CodeBuilder.fold(program, roots, stages, group);
        return new Kernel.Fold(kernel, value, stored, instructions(group), code, parts(group));
    }

    private Kernel columns(String kernel, Group group, int root) {
        Code code = CodeBuilder.columns(program, roots, stages, root);
        Affine result = code.passes().getFirst().stores().getFirst().offset();
        return new Kernel.Columns(kernel, root, instructions(group), code, result, isLarge(group));
    }

    private Kernel assembly(String kernel, Group group, int root) {
        Instruction instruction = program.instruction(root);
        var copies = new ArrayList<Code>();
        boolean zeroFirst = false;
        switch ((Op.Assembling) instruction.op()) {
            case Op.Pad pad -> {
                zeroFirst = true;
                copies.add(copy(instruction.operand(0), root, pad.axis(), pad.before()));
            }
            case Op.Concat concat -> {
                long before = 0;
                for (int operand : instruction.operands()) {
                    copies.add(copy(operand, root, concat.axis(), before));
                    before += program.type(operand).shape().dim(concat.axis()).fixed();
                }
            }
        }
        return new Kernel.Assembly(kernel, root, instructions(group), copies, zeroFirst);
    }

    private Code copy(int operand, int target, int axis, long before) {
        return CodeBuilder.copy(program, roots, stages, operand, target, axis, before);
    }

    private Kernel library(String kernel, int root) {
        Instruction instruction = program.instruction(root);
        var operands = instruction.operands().stream().map(roots::memory).toList();
        var call = (Op.Call) instruction.op();
        Optional<Tiling> tiling = switch (call) {
            case Op.MatMul matMul -> tiling(Product.of(program, matMul, instruction));
            case Op.Random _, Op.Gather _, Op.ScatterAdd _ -> Optional.empty();
            case Op.Convolve _, Op.WindowArgMax _, Op.Pick _, Op.PutBack _ -> Optional.empty();
        };
        boolean large = tiling.map(Tiling::isParallel)
                .orElse(capacity.estimate(instruction.type().shape().count()) > WORTH_SPLITTING);
        return new Kernel.Library(kernel, root, call, operands, tiling, large);
    }

    private Optional<Tiling> tiling(Product product) {
        return product.isSmall(capacity) ? Optional.empty() : Optional.of(ProductCosts.cheapest(product, capacity));
    }

    private boolean isLarge(Group group) {
        return work(group) > WORTH_SPLITTING;
    }

    private int parts(Group fold) {
        return Math.clamp(work(fold) / WORTH_SPLITTING, 1, Kernel.Fold.MOST_PARTS);
    }

    private long work(Group group) {
        return group.roots().stream()
                .mapToLong(root -> elements(root) * Math.max(1, roots.cost(root)))
                .sum();
    }

    private long elements(int root) {
        return Space.of(program, root).dims().stream()
                .mapToLong(capacity::estimate)
                .reduce(1, (a, b) -> a * b);
    }

    /** Roots of a group and what is recomputed for them. */
    private List<Integer> instructions(Group group) {
        var found = new TreeSet<Integer>();
        for (int root : group.roots()) {
            Space space = Space.of(program, root);
            var reach = new Reach(program, roots, space.dims());
            if (group.kind() == Group.Kind.ASSEMBLY) {
                found.add(root);
                for (int operand : program.instruction(root).operands()) {
                    Shape shape = program.type(operand).shape();
                    var inner = new Reach(program, roots, Space.whole(shape).dims());
                    inner.to(operand, Index.identity(shape));
                    found.addAll(inner.inlined());
                }
            } else {
                reach.intoRoot(root, space.index());
                found.addAll(reach.inlined());
            }
        }
        return List.copyOf(found);
    }

    private Map<Integer, Fetch> fetches() {
        var found = new HashMap<Integer, Fetch>();
        for (Group group : groups) {
            if (group.kind() != Group.Kind.SCALARS) {
                continue;
            }
            for (int value : group.roots()) {
                for (int operand :
                        new LinkedHashSet<>(program.instruction(value).operands())) {
                    if (!roots.isHost(operand)) {
                        found.put(operand, fetch(operand));
                    }
                }
            }
        }
        return found;
    }

    /** The only element of {@code operand}, through the views between it and memory. */
    private Fetch fetch(int operand) {
        int source = roots.fetched(operand);
        Index index = Index.identity(program.type(operand).shape());
        for (int at = operand; at != source; at = program.instruction(at).operand(0)) {
            Instruction view = program.instruction(at);
            index = index.through(
                    view.op(),
                    program.type(view.operand(0)).shape(),
                    view.type().shape(),
                    List.of());
        }
        Affine offset = index.flat(program.type(source).shape());
        long constant = offset.terms().stream()
                .mapToLong(term -> term.coefficient().fixed())
                .sum();
        return new Fetch(source, constant);
    }
}
