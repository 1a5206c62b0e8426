package org.descentlang.compiler.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.descentlang.compiler.type.TensorType;

/**
 * Checks the invariants of a program, after every pass in tests.
 *
 * <ol>
 *   <li>An instruction's operands are instructions before it.
 *   <li>Its type is what {@link ShapeRule} gives for its operation and its operands' types.
 *   <li>Reads of one storage and name have one type.
 *   <li>Two random instructions with one place are the same operation.
 *   <li>An output's value is an instruction of the program.
 *   <li>No two outputs have the same sink and name.
 *   <li>The body of a region is a sound program.
 * </ol>
 */
public final class Verifier {
    private record Place(Enum<?> where, String name) {}

    private final Program program;
    private final List<String> violations = new ArrayList<>();

    private Verifier(Program program) {
        this.program = program;
    }

    /** What is wrong, each with the number of the invariant; empty for a sound program. */
    public static List<String> violations(Program program) {
        var verifier = new Verifier(program);
        verifier.instructions();
        verifier.reads();
        verifier.places();
        verifier.outputs();
        verifier.regions();
        return verifier.violations;
    }

    /** @throws IllegalStateException with everything that is wrong */
    public static void verify(Program program) {
        List<String> violations = violations(program);
        if (!violations.isEmpty()) {
            throw new IllegalStateException(program.name() + ": " + String.join("; ", violations));
        }
    }

    private void instructions() {
        for (int value = 0; value < program.size(); value++) {
            Instruction instruction = program.instruction(value);
            if (hasEarlierOperands(value, instruction.operands())) {
                type(value, instruction);
            } else {
                report(1, value, "operands " + instruction.operands());
            }
        }
    }

    private static boolean hasEarlierOperands(int value, List<Integer> operands) {
        return operands.stream().allMatch(operand -> operand >= 0 && operand < value);
    }

    private void type(int value, Instruction instruction) {
        List<TensorType> types =
                instruction.operands().stream().map(program::type).toList();
        try {
            TensorType expected = ShapeRule.result(instruction.op(), types);
            if (!expected.equals(instruction.type())) {
                report(2, value, instruction.type() + " should be " + expected);
            }
        } catch (IllegalArgumentException e) {
            report(2, value, e.toString());
        }
    }

    private void reads() {
        var types = new HashMap<Place, TensorType>();
        for (int value = 0; value < program.size(); value++) {
            if (program.instruction(value).op() instanceof Op.Read read) {
                TensorType before = types.putIfAbsent(new Place(read.storage(), read.name()), read.type());
                if (before != null && !before.equals(read.type())) {
                    report(3, value, read.name() + " is read as " + before + " and as " + read.type());
                }
            }
        }
    }

    private void places() {
        var randoms = new HashMap<Integer, Op.Random>();
        for (int value = 0; value < program.size(); value++) {
            if (program.instruction(value).op() instanceof Op.Random random) {
                Op.Random before = randoms.putIfAbsent(random.place(), random);
                if (before != null && !before.equals(random)) {
                    report(4, value, "place " + random.place() + " has another use");
                }
            }
        }
    }

    private void outputs() {
        var seen = new HashSet<Place>();
        for (Output output : program.outputs()) {
            String text = output.sink().keyword() + " " + output.name();
            if (output.value() < 0 || output.value() >= program.size()) {
                violations.add("invariant 5: " + text + " is %" + output.value());
            }
            if (!seen.add(new Place(output.sink(), output.name()))) {
                violations.add("invariant 6: " + text + " appears twice");
            }
        }
    }

    private void regions() {
        for (int value = 0; value < program.size(); value++) {
            if (program.instruction(value).op() instanceof Op.Region region) {
                for (String violation : violations(region.body())) {
                    report(7, value, violation);
                }
            }
        }
    }

    private void report(int invariant, int value, String detail) {
        violations.add("invariant " + invariant + ": %" + value + ": " + detail);
    }
}
