package org.descentlang.compiler.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.TensorType;

/** Appends instructions; each one's type follows from {@link ShapeRule}, which an ill-typed instruction makes throw. */
public final class ProgramBuilder {
    private final String name;
    private final List<Instruction> instructions = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private Optional<Span> origin = Optional.empty();

    public ProgramBuilder(String name) {
        this.name = name;
    }

    /** The place that the next instructions come from. */
    public void at(Optional<Span> place) {
        origin = place;
    }

    public Optional<Span> origin() {
        return origin;
    }

    public int add(Op op, Integer... operands) {
        return add(op, List.of(operands));
    }

    public int add(Op op, List<Integer> operands) {
        var types = new ArrayList<TensorType>();
        for (int operand : operands) {
            types.add(type(operand));
        }
        instructions.add(new Instruction(op, operands, ShapeRule.result(op, types), origin));
        return instructions.size() - 1;
    }

    /** Takes back the instructions from {@code first} on. */
    public List<Instruction> cut(int first) {
        List<Instruction> last = instructions.subList(first, instructions.size());
        List<Instruction> removed = List.copyOf(last);
        last.clear();
        return removed;
    }

    public void output(Output.Sink sink, String outputName, int value) {
        outputs.add(new Output(sink, outputName, value));
    }

    /** Those of products and convolutions from the instruction {@code first} on, for one example. */
    public long multiplyAdds(int first) {
        return first < size() ? MultiplyAdds.of(instructions.subList(first, size()), instructions) : 0;
    }

    public TensorType type(int value) {
        return instructions.get(value).type();
    }

    public Instruction instruction(int value) {
        return instructions.get(value);
    }

    public int size() {
        return instructions.size();
    }

    public Program build() {
        return new Program(name, instructions, outputs);
    }
}
