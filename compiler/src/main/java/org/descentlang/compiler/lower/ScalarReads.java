package org.descentlang.compiler.lower;

import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.StackedName;

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
                switch (program.instruction(i).op()) {
                    case Op.Read read
                    when read.storage() == Op.Storage.SCALAR ->
                        StackedName.of(read.name())
                                .ifPresentOrElse(
                                        all -> all.indices().mapToObj(all::name).forEach(names::add),
                                        () -> names.add(read.name()));
                    case Op.Region region -> names.addAll(of(region.body()));
                    case Op.Leaf _, Op.ElementWise _, Op.View _, Op.Reducing _, Op.Assembling _, Op.Call _ -> {}
                }
            }
        }
        return names;
    }
}
