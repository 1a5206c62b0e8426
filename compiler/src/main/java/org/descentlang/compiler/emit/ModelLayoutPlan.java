package org.descentlang.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.layout.ModelPlaces;
import org.descentlang.compiler.model.ModelSpec;
import org.descentlang.compiler.model.Port;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.plan.Layout;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Prepared;
import org.descentlang.compiler.plan.Slab;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.TensorType;

/**
 * Where a model keeps its tensors for prediction: parameters and running state in the order of the file, inputs and
 * outputs likewise.
 */
final class ModelLayoutPlan implements Layout {
    /**
     * @param value of the output in the program; -1 for an input
     * @param width elements an example, or all if there are no examples
     */
    record Placed(Port port, int value, long offset, long width) {
        boolean isWhole() {
            return port.type().element() != ElementType.F32;
        }

        boolean isSingle() {
            return port.type().isScalar();
        }

        boolean isByRow() {
            return !port.type().shape().isFixed();
        }
    }

    private final Program program;
    private final ModelPlaces places;
    private final List<Placed> inputs = new ArrayList<>();
    private final List<Placed> outputs = new ArrayList<>();
    private long floatInputs;
    private long intInputs;
    private long outputCount;

    /** @param loops whether the target has them */
    ModelLayoutPlan(ModelSpec model, boolean loops) {
        places = ModelPlaces.of(model);
        program = inFloats(loops ? prepared(model) : Prepared.of(model.predict()));
        for (Port port : model.inputs()) {
            boolean floats = port.type().element() == ElementType.F32;
            inputs.add(new Placed(port, -1, floats ? floatInputs : intInputs, width(port)));
            long count = port.type().shape().count(PredictionClass.CAPACITY);
            floatInputs += floats ? count : 0;
            intInputs += floats ? 0 : count;
        }
        for (Port port : model.outputs()) {
            outputs.add(new Placed(port, value(port.name()), outputCount, width(port)));
            outputCount += port.type().shape().count(PredictionClass.CAPACITY);
        }
    }

    private Program prepared(ModelSpec model) {
        Program program = Prepared.of(model.predict(), Capacity.of(PredictionClass.CAPACITY), this);
        return new ModelNumbers(model).areCommon(program) ? program : Prepared.of(model.predict());
    }

    private static long width(Port port) {
        return port.type().shape().count(1);
    }

    /** Outputs of whole numbers leave as floats, as the runtime hands them on. */
    private static Program inFloats(Program program) {
        var instructions = new ArrayList<>(program.instructions());
        var outputs = new ArrayList<Output>();
        for (Output output : program.outputs()) {
            TensorType type = program.type(output.value());
            int value = output.value();
            if (type.element() != ElementType.F32) {
                value = instructions.size();
                instructions.add(new Instruction(
                        new Op.Cast(ElementType.F32),
                        List.of(output.value()),
                        type.as(ElementType.F32),
                        program.instruction(output.value()).origin()));
            }
            outputs.add(new Output(output.sink(), output.name(), value));
        }
        return new Program(program.name(), instructions, outputs);
    }

    private int value(String name) {
        return program.outputs().stream()
                .filter(output -> output.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no output " + name))
                .value();
    }

    Program program() {
        return program;
    }

    List<Placed> inputPlaces() {
        return inputs;
    }

    List<Placed> outputPlaces() {
        return outputs;
    }

    long parameterCount() {
        return places.parameters().count();
    }

    long runningCount() {
        return places.running().count();
    }

    long floatInputs() {
        return floatInputs;
    }

    long intInputs() {
        return intInputs;
    }

    long outputs() {
        return outputCount;
    }

    @Override
    public Place of(Op.Read read) {
        return switch (read.storage()) {
            case INPUT -> {
                Placed input = find(read.name(), inputs);
                yield new Place(input.isWhole() ? Slab.INT_INPUTS : Slab.FLOAT_INPUTS, input.offset());
            }
            case PARAMETER -> new Place(Slab.PARAMETERS, places.parameters().of(read.name()));
            case RUNNING -> new Place(Slab.RUNNING, places.running().of(read.name()));
            case GRADIENT, STATE, SCALAR, CARRIED, SHARED, ELEMENT ->
                throw new IllegalArgumentException(read.toString());
        };
    }

    @Override
    public Place of(Output output) {
        return new Place(Slab.OUTPUTS, find(output.name(), outputs).offset());
    }

    private static Placed find(String name, List<Placed> ports) {
        return ports.stream()
                .filter(port -> port.port().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no place for " + name));
    }
}
