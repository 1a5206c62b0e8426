package org.descentlang.compiler.reference;

import java.util.Arrays;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.ReferenceEvaluator;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.description.DataDescription.Conversion;

/** How a field is made of what a file has, evaluated in double precision. */
record ReferenceConversion(DataSpec.Content.Converted content) implements Conversion {
    static Conversion of(DataSpec.Field field) {
        return new ReferenceConversion((DataSpec.Content.Converted) field.content());
    }

    @Override
    public void convert(float[] from, float[] to, int rows) {
        Program program = content.convert();
        double[] read = new double[Math.toIntExact(content.read().count(rows))];
        Arrays.setAll(read, i -> from[i]);
        int[] sizes = content.read().dims().stream()
                .mapToInt(dim -> Math.toIntExact(dim.size(rows)))
                .toArray();
        var inputs = new Inputs(rows, 0, 0).bind(Storage.INPUT, "columns", TensorValue.of(sizes, read));
        double[] converted = ReferenceEvaluator.evaluate(program, inputs)
                .output(Sink.RESULT, "value")
                .data();
        for (int i = 0; i < converted.length; i++) {
            to[i] = (float) converted[i];
        }
    }
}
