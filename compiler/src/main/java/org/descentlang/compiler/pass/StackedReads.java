package org.descentlang.compiler.pass;

import java.util.HashMap;
import java.util.Map;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.StackedName;

/** What a program reads under the common names of turns. */
final class StackedReads {
    private StackedReads() {}

    /** Whether each tensor is read by its own name or as one of a stack, always the same one. */
    static boolean areAlone(Program program) {
        Map<String, String> readAs = new HashMap<>();
        return program.instructions().stream()
                .allMatch(instruction -> !(instruction.op() instanceof Op.Read read) || isAlone(read, readAs));
    }

    private static boolean isAlone(Op.Read read, Map<String, String> readAs) {
        String as = read.storage() + read.name();
        return read.storage() == Op.Storage.SCALAR
                || StackedName.of(read.name())
                        .map(stack -> stack.indices()
                                .allMatch(turn -> isFirst(read.storage() + stack.name(turn), as, readAs)))
                        .orElseGet(() -> isFirst(as, as, readAs));
    }

    private static boolean isFirst(String name, String as, Map<String, String> readAs) {
        String known = readAs.putIfAbsent(name, as);
        return known == null || known.equals(as);
    }
}
