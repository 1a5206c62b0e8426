package org.descentlang.compiler.pass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.StackedName;

/**
 * Turns what a program does several times in a row, each time with parameters of its own, into a loop.
 *
 * <pre>
 * %1 = matmul x, read "b.1.w"
 * %2 = tanh %1                          read "b.{1-3}.w"
 * %3 = matmul %2, read "b.2.w"    ──▶   scan: matmul carried, element; tanh
 * %4 = tanh %3
 * %5 = matmul %4, read "b.3.w"
 * %6 = tanh %5
 * </pre>
 *
 * <p>How the text came to repeat itself does not matter. A loop ends kernels at the ends of its body, so there is one
 * only where the body has a call, or a sum of all elements, which ends them anyway. If repetitions nest, the inner
 * one becomes a loop.
 */
public final class Repetition {
    /** Two turns are as short to read as a loop. */
    private static final int FEWEST_TURNS = 3;

    /** Where turns may begin, and how many instructions each has. */
    private record Candidate(int start, int length) {}

    private final Program program;
    private final int[] order;
    private final int[] position;

    private Repetition(Program program) {
        this.program = program;
        this.order = IntStream.range(0, program.size())
                .filter(value -> !(program.instruction(value).op() instanceof Op.Leaf))
                .toArray();
        this.position = new int[program.size()];
        Arrays.fill(position, -1);
        for (int i = 0; i < order.length; i++) {
            position[order[i]] = i;
        }
    }

    public static Program fold(Program program) {
        Program folded = fold(program, false);
        return StackedReads.areAlone(folded) ? folded : fold(program, true);
    }

    /** @param alone whether nothing beside the turns may read what they read under numbered names, not even a loop */
    private static Program fold(Program program, boolean alone) {
        Program current = program;
        while (true) {
            Optional<Program> folded = new Repetition(current).foldOne(alone);
            if (folded.isEmpty()) {
                return current;
            }
            current = folded.get();
        }
    }

    private Optional<Program> foldOne(boolean alone) {
        // By the length of turns, where the last run of them ends that is no loop: nothing in it begins a longer one.
        var looked = new HashMap<Integer, Integer>();
        for (Candidate candidate : candidates()) {
            if (candidate.start < looked.getOrDefault(candidate.length, 0)) {
                continue;
            }
            var best = IntStream.rangeClosed(Math.max(0, candidate.start - candidate.length + 1), candidate.start)
                    .mapToObj(start -> Turns.of(program, order, position, start, candidate.length))
                    .max(Comparator.comparingInt(Turns::count).thenComparingInt(turns -> -turns.carried()))
                    .orElseThrow();
            if (best.count() >= FEWEST_TURNS && best.isWorthALoop() && (!alone || best.isAlone())) {
                return Optional.of(FoldedTurns.write(best));
            }
            looked.put(candidate.length, candidate.start + (best.count() - 1) * candidate.length);
        }
        return Optional.empty();
    }

    /** From where a parameter with a number in its name is first used to where that with the next number is. */
    private Set<Candidate> candidates() {
        Map<String, Integer> used = firstUses();
        var found = new LinkedHashSet<Candidate>();
        var names = new ArrayList<>(used.keySet());
        names.sort(Comparator.comparingInt(name -> used.getOrDefault(name, 0)));
        for (String name : names) {
            int first = used.getOrDefault(name, 0);
            for (String next : StackedName.next(name)) {
                int length = used.getOrDefault(next, 0) - first;
                if (length > 0) {
                    found.add(new Candidate(first, length));
                }
            }
        }
        return found;
    }

    private Map<String, Integer> firstUses() {
        var used = new HashMap<String, Integer>();
        for (int i = 0; i < order.length; i++) {
            for (int operand : program.instruction(order[i]).operands()) {
                if (program.instruction(operand).op() instanceof Op.Read read && read.storage() == Storage.PARAMETER) {
                    used.putIfAbsent(read.name(), i);
                }
            }
        }
        return used;
    }
}
