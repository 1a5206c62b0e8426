package org.descentlang.compiler.plan;

import java.util.ArrayList;
import java.util.List;
import org.descentlang.compiler.ir.Cost;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;

/**
 * Chooses the values that kernels are grown around: those that must be in memory, reductions, and what is too expensive
 * to compute wherever it is used. Everything else is recomputed at each use.
 */
final class Roots {
    private static final int EXPENSIVE = 4;
    private static final int DEAR_CHAIN = 12;
    private static final int LONGEST_CHAIN = 100;

    private final Program program;
    private final boolean[] root;
    private final boolean[] required;
    private final int[] uses;
    private final int[] cost;

    private Roots(Program program) {
        this.program = program;
        this.root = new boolean[program.size()];
        this.required = new boolean[program.size()];
        this.uses = new int[program.size()];
        this.cost = new int[program.size()];
    }

    static Roots of(Program program) {
        var roots = new Roots(program);
        roots.require();
        roots.chooseExpensive();
        roots.chooseLongChains();
        return roots;
    }

    /** Computed by a kernel as a value of its own. */
    boolean isRoot(int value) {
        return root[value];
    }

    /** Has to be in memory: something other than generated code reads it. */
    boolean isRequired(int value) {
        return required[value];
    }

    /** Handed over as a number, not through memory. */
    boolean isHost(int value) {
        return switch (Role.of(program, value)) {
            case SCALAR -> true;
            case REDUCTION -> isFold(value);
            case READ, VIEW, POINTWISE, ASSEMBLY, LIBRARY, LOOP -> false;
        };
    }

    /** A reduction of everything to one number. */
    boolean isFold(int value) {
        Instruction instruction = program.instruction(value);
        return instruction.type().isScalar()
                && Role.of(program, value) == Role.REDUCTION
                && switch ((Op.Reducing) instruction.op()) {
                    case Op.Reduce _ -> true;
                    case Op.ArgMax _ -> false;
                };
    }

    /** The value whose memory holds this one: itself, or what it is a mere reshape of. */
    int memory(int value) {
        int found = value;
        while (!root[found] && program.instruction(found).op() instanceof Op.Reshape) {
            int operand = program.instruction(found).operand(0);
            if (isHost(operand)) {
                return found;
            }
            found = operand;
        }
        return found;
    }

    int cost(int value) {
        return cost[value];
    }

    private void require() {
        for (Output output : program.outputs()) {
            boolean host = output.sink() == Output.Sink.RESULT && isHost(output.value());
            if (!host) {
                requireItself(output.value());
            }
        }
        for (int value = 0; value < program.size(); value++) {
            Role role = Role.of(program, value);
            List<Integer> operands = program.instruction(value).operands();
            switch (role) {
                case LIBRARY, LOOP -> {
                    requireItself(value);
                    operands.forEach(operand -> requireItself(memory(operand)));
                }
                case ASSEMBLY -> requireItself(value);
                case REDUCTION -> root[value] = true;
                case SCALAR ->
                    operands.stream()
                            .filter(operand -> !isHost(operand))
                            .forEach(operand -> requireItself(fetched(operand)));
                case READ, VIEW, POINTWISE -> {}
            }
        }
    }

    /** The value in memory that a host scalar is fetched from. */
    int fetched(int value) {
        int found = value;
        while (!root[found] && Role.of(program, found) == Role.VIEW) {
            List<Integer> operands = program.instruction(found).operands();
            if (operands.isEmpty() || isHost(operands.getFirst())) {
                return found;
            }
            found = operands.getFirst();
        }
        return found;
    }

    private void requireItself(int value) {
        required[value] = true;
        Role role = Role.of(program, value);
        root[value] |= role != Role.READ && role != Role.SCALAR;
    }

    private void chooseExpensive() {
        for (Output output : program.outputs()) {
            uses[output.value()]++;
        }
        for (int value = program.size() - 1; value >= 0; value--) {
            boolean pointwise = Role.of(program, value) == Role.POINTWISE;
            root[value] |= pointwise && uses[value] > 1 && ownCost(value) >= EXPENSIVE;
            Op op = program.instruction(value).op();
            int times = root[value] || isHost(value) ? 1 : Math.min(uses[value], 1000);
            for (int operand : program.instruction(value).operands()) {
                uses[operand] += op instanceof Op.Broadcast && ownCost(operand) >= EXPENSIVE ? 2 : times;
            }
        }
    }

    private void chooseLongChains() {
        for (int value = 0; value < program.size(); value++) {
            int sum = ownCost(value);
            for (int operand : program.instruction(value).operands()) {
                sum += root[operand] || isHost(operand) ? 1 : cost[operand];
            }
            cost[value] = sum;
            boolean dear = uses[value] > 1 && sum > DEAR_CHAIN || sum > LONGEST_CHAIN;
            root[value] |= Role.of(program, value) == Role.POINTWISE && dear;
        }
    }

    private int ownCost(int value) {
        return switch (program.instruction(value).op()) {
            case Op.ElementWise op -> ownCost(op).sums();
            case Op.Leaf _, Op.View _, Op.Reducing _, Op.Assembling _, Op.Call _, Op.Region _ -> 1;
        };
    }

    private static Cost ownCost(Op.ElementWise op) {
        return switch (op) {
            case Op.Unary(var kind) -> kind.cost();
            case Op.Binary(var kind) -> kind.cost();
            case Op.Compare _, Op.Select _, Op.Cast _ -> Cost.SUM;
        };
    }

    /** Roots in program order. */
    List<Integer> list() {
        var found = new ArrayList<Integer>();
        for (int value = 0; value < root.length; value++) {
            if (root[value]) {
                found.add(value);
            }
        }
        return found;
    }
}
