package org.descentlang.compiler.op;

import java.util.List;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;

/**
 * What an evaluation gave.
 *
 * @param values of every instruction
 */
public record Results(Program program, List<TensorValue> values) {
    public Results {
        values = List.copyOf(values);
    }

    /** @throws IllegalArgumentException if the program has no such output */
    public TensorValue output(Sink sink, String name) {
        for (Output output : program.outputs()) {
            if (output.sink() == sink && output.name().equals(name)) {
                return values.get(output.value());
            }
        }
        throw new IllegalArgumentException("program " + program.name() + " has no " + sink.keyword() + " " + name);
    }
}
