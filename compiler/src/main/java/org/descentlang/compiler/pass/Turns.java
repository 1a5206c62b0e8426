package org.descentlang.compiler.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.StackedName;

/**
 * Stretches of equal length, one after another, that do the same: each operand comes from the same place of the own
 * turn or of the one before, is the same value for all, or is read under a name with the turn's number in it. Leaves
 * are no part of a turn, since a program has each of them once.
 */
final class Turns {
    /** Where an operand of the first turn's instruction comes from. */
    sealed interface Source {}

    /** Instruction {@code at} of the same turn. */
    record Own(int at) implements Source {}

    /** Instruction {@code at} of the turn before; for the first turn a value from before. */
    record Carried(int first, int at) implements Source {}

    record Shared(int value) implements Source {}

    /** A read under the name of the turn. */
    record Numbered(Op.Read first, String second) implements Source {}

    private final Program program;
    private final int[] order;
    private final int[] position;
    private final int start;
    private final int length;
    private final List<List<Source>> sources = new ArrayList<>();
    private int count = 1;

    private Turns(Program program, int[] order, int[] position, int start, int length) {
        this.program = program;
        this.order = order;
        this.position = position;
        this.start = start;
        this.length = length;
    }

    static Turns of(Program program, int[] order, int[] position, int start, int length) {
        var turns = new Turns(program, order, position, start, length);
        turns.find();
        return turns;
    }

    Program program() {
        return program;
    }

    int count() {
        return count;
    }

    int length() {
        return length;
    }

    /** The value of instruction {@code at} of a turn. */
    int value(int turn, int at) {
        return order[start + turn * length + at];
    }

    /** Whether the value is computed in some turn. */
    boolean contains(int value) {
        int at = position[value];
        return at >= start && at < start + count * length;
    }

    int turn(int value) {
        return (position[value] - start) / length;
    }

    /** Which instruction of its turn computes the value. */
    int at(int value) {
        return (position[value] - start) % length;
    }

    List<Source> sources(int at) {
        return sources.get(at);
    }

    /** How much higher the place of a random tensor is in each next turn. */
    int placesPerTurn(int at) {
        return place(1, at) - place(0, at);
    }

    private int place(int turn, int at) {
        return program.instruction(value(turn, at)).op() instanceof Op.Random random ? random.place() : 0;
    }

    int carried() {
        return (int) sources.stream()
                .flatMap(List::stream)
                .filter(Carried.class::isInstance)
                .distinct()
                .count();
    }

    /** Whether kernels end within a turn anyway, and no other loop is in it. */
    boolean isWorthALoop() {
        var turn = IntStream.range(0, length)
                .mapToObj(at -> program.instruction(value(0, at)))
                .toList();
        return turn.stream().anyMatch(Turns::endsAKernel)
                && turn.stream().noneMatch(instruction -> instruction.op() instanceof Op.Region);
    }

    private static boolean endsAKernel(Instruction instruction) {
        return switch (instruction.op()) {
            case Op.Random _ -> false;
            case Op.Call _ -> true;
            case Op.Reducing _ -> instruction.type().shape().rank() == 0;
            case Op.Leaf _, Op.ElementWise _, Op.View _, Op.Assembling _, Op.Region _ -> false;
        };
    }

    /** Whether nothing else reads what the turns read under numbered names. */
    boolean isAlone() {
        Set<String> names = new HashSet<>();
        for (List<Source> ofOne : sources) {
            for (Source source : ofOne) {
                if (source instanceof Numbered numbered && numbered.first.storage() != Storage.SCALAR) {
                    StackedName name = name(numbered);
                    name.indices().mapToObj(name::name).forEach(names::add);
                }
            }
        }
        for (int value = 0; value < program.size(); value++) {
            boolean outside = !(program.instruction(value).op() instanceof Op.Leaf) && !contains(value);
            if (outside
                    && program.instruction(value).operands().stream().anyMatch(operand -> isOneOf(operand, names))) {
                return false;
            }
        }
        return program.outputs().stream().noneMatch(output -> isOneOf(output.value(), names));
    }

    private boolean isOneOf(int value, Set<String> names) {
        return program.instruction(value).op() instanceof Op.Read read
                && read.storage() != Storage.SCALAR
                && names.contains(read.name());
    }

    /** Of the loop: what it reads first that is each turn's own. */
    String name() {
        return sources.stream()
                .flatMap(List::stream)
                .filter(source -> source instanceof Numbered numbered && numbered.first.storage() != Storage.SCALAR)
                .map(source -> name((Numbered) source).text())
                .findFirst()
                .orElseThrow();
    }

    StackedName name(Numbered numbered) {
        return StackedName.between(numbered.first.name(), numbered.second, 1)
                .orElseThrow()
                .of(count);
    }

    private void find() {
        while (start + (count + 1) * length <= order.length && continues(count)) {
            count++;
        }
    }

    private boolean continues(int turn) {
        var found = new ArrayList<List<Source>>();
        for (int at = 0; at < length; at++) {
            Optional<List<Source>> ofOne = isAlike(turn, at) ? sources(turn, at) : Optional.empty();
            if (ofOne.isEmpty() || turn > 1 && !ofOne.get().equals(sources.get(at))) {
                return false;
            }
            found.add(ofOne.get());
        }
        if (turn == 1) {
            sources.addAll(found);
        }
        return true;
    }

    private boolean isAlike(int turn, int at) {
        Instruction first = program.instruction(value(0, at));
        Instruction other = program.instruction(value(turn, at));
        if (!first.type().equals(other.type())
                || first.operands().size() != other.operands().size()) {
            return false;
        }
        return first.op() instanceof Op.Random a && other.op() instanceof Op.Random b
                ? a.distribution() == b.distribution() && b.place() - a.place() == turn * placesPerTurn(at)
                : first.op().equals(other.op());
    }

    /** Where the operands of a turn come from, told as of the first turn. */
    private Optional<List<Source>> sources(int turn, int at) {
        var found = new ArrayList<Source>();
        List<Integer> first = program.instruction(value(0, at)).operands();
        List<Integer> operands = program.instruction(value(turn, at)).operands();
        for (int i = 0; i < operands.size(); i++) {
            Optional<Source> source = source(first.get(i), operands.get(i), turn);
            if (source.isEmpty()) {
                return Optional.empty();
            }
            found.add(source.get());
        }
        return Optional.of(found);
    }

    private Optional<Source> source(int first, int operand, int turn) {
        int from = position[operand] - start;
        if (first == operand) {
            return from < 0 ? Optional.of(new Shared(first)) : Optional.empty();
        }
        if (position[operand] < 0) {
            return numbered(first, operand, turn);
        }
        if (from >= turn * length) {
            int own = from - turn * length;
            return position[first] - start == own ? Optional.of(new Own(own)) : Optional.empty();
        }
        boolean carried = from >= (turn - 1) * length
                && position[first] < start
                && program.type(first).equals(program.type(operand));
        return carried ? Optional.of(new Carried(first, from - (turn - 1) * length)) : Optional.empty();
    }

    private Optional<Source> numbered(int first, int operand, int turn) {
        if (!(program.instruction(first).op() instanceof Op.Read a)
                || !(program.instruction(operand).op() instanceof Op.Read b)
                || a.storage() != b.storage()
                || !a.type().equals(b.type())) {
            return same(first, operand);
        }
        return StackedName.between(a.name(), b.name(), turn).map(name -> new Numbered(a, name.name(1)));
    }

    private Optional<Source> same(int first, int operand) {
        return program.instruction(first)
                        .op()
                        .equals(program.instruction(operand).op())
                ? Optional.of(new Shared(first))
                : Optional.empty();
    }

    /** The outputs of all turns that have one name but for the number, by what the first of them is. */
    Map<Output, StackedName> numberedOutputs() {
        var found = new HashMap<Output, StackedName>();
        for (Output first : program.outputs()) {
            if (contains(first.value()) && turn(first.value()) == 0) {
                program.outputs().stream()
                        .filter(output ->
                                output.sink() == first.sink() && output.value() == value(1, at(first.value())))
                        .flatMap(second -> StackedName.between(first.name(), second.name(), 1).stream())
                        .map(name -> name.of(count))
                        .filter(name -> isOfAllTurns(first, name))
                        .findFirst()
                        .ifPresent(name -> found.put(first, name));
            }
        }
        return found;
    }

    private boolean isOfAllTurns(Output first, StackedName name) {
        return name.indices()
                .allMatch(turn -> program.outputs()
                        .contains(new Output(first.sink(), name.name(turn), value(turn, at(first.value())))));
    }
}
