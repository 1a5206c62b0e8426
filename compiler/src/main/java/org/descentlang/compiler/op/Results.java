package org.descentlang.compiler.op;

import java.util.ArrayList;
import java.util.List;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.StackedName;

/**
 * What an evaluation gave.
 *
 * @param values of every instruction
 */
public record Results(Program program, List<TensorValue> values) {
    public record Result(Sink sink, String name, TensorValue value) {}

    public Results {
        values = List.copyOf(values);
    }

    /** Each under its own name, those of the turns of a loop too. */
    public List<Result> outputs() {
        var results = new ArrayList<Result>();
        program.outputs().forEach(output -> {
            TensorValue value = values.get(output.value());
            StackedName.of(output.name())
                    .ifPresentOrElse(
                            names -> names.indices()
                                    .forEach(turn -> results.add(
                                            new Result(output.sink(), names.name(turn), value.element(turn)))),
                            () -> results.add(new Result(output.sink(), output.name(), value)));
        });
        return results;
    }

    /** @throws IllegalArgumentException if the program has no such output */
    public TensorValue output(Sink sink, String name) {
        return outputs().stream()
                .filter(result -> result.sink == sink && result.name.equals(name))
                .findFirst()
                .map(Result::value)
                .orElseThrow(() -> new IllegalArgumentException(
                        "program " + program.name() + " has no " + sink.keyword() + " " + name));
    }
}
