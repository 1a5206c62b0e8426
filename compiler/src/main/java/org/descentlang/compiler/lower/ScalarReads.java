package org.descentlang.compiler.lower;

import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Program;

/** Which scalars a program's outputs depend on: numbers that were only sizes are read by nothing that counts. */
public final class ScalarReads {
    private ScalarReads() {}

    public static Set<String> of(Program program) {
        var live = new BitSet(program.size());
        program.outputs().forEach(output -> live.set(output.value()));
        var names = new TreeSet<String>();
        for (int i = program.size() - 1; i >= 0; i--) {
            if (live.get(i)) {
                program.instruction(i).operands().forEach(live::set);
                if (program.instruction(i).op() instanceof Op.Read(Op.Storage storage, String name, var _)
                        && storage == Op.Storage.SCALAR) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
