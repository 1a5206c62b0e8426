package org.descentlang.cli;

import java.util.Arrays;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.ReferenceEvaluator;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.description.DataDescription;

/** A checked `data` as the runtime wants it described; conversions are evaluated in double precision. */
final class ReferenceData {
    private ReferenceData() {}

    static DataDescription of(DataSpec data) {
        var fields = data.fields().stream()
                .map(field -> new DataDescription.Field(field.name(), width(field), content(field)))
                .toList();
        var split = data.split();
        return new DataDescription(
                data.name(), data.source(), fields, split.train(), split.validation(), split.test(), split.seed());
    }

    static boolean isWhole(DataSpec.Field field) {
        return field.type().element() == ElementType.I32;
    }

    /** Values an example. */
    static int width(DataSpec.Field field) {
        return Math.toIntExact(field.type().shape().count(1));
    }

    private static DataDescription.Content content(DataSpec.Field field) {
        return switch (field.content()) {
            case DataSpec.Content.Columns columns ->
                new DataDescription.Content.Columns(
                        columns.columns().first(),
                        columns.columns().last(),
                        (from, to, rows) -> convert(columns, from, to, rows));
            case DataSpec.Content.Labels(var columns, var classes) ->
                new DataDescription.Content.Labels(columns.first(), columns.last(), classes);
            case DataSpec.Content.Integers(var columns) ->
                new DataDescription.Content.Integers(columns.first(), columns.last());
            case DataSpec.Content.RandomUniform(var low, var high) ->
                new DataDescription.Content.RandomUniform(low, high);
            case DataSpec.Content.RandomNormal(var mean, var deviation) ->
                new DataDescription.Content.RandomNormal(mean, deviation);
            case DataSpec.Content.RandomLabels(var classes) -> new DataDescription.Content.RandomLabels(classes);
        };
    }

    private static void convert(DataSpec.Content.Columns columns, float[] from, float[] to, int rows) {
        Program program = columns.convert();
        int width = columns.columns().count();
        double[] read = new double[rows * width];
        Arrays.setAll(read, i -> from[i]);
        int[] sizes = columns.columns().single() ? new int[] {rows} : new int[] {rows, width};
        var inputs = new Inputs(rows, 0, 0).bind(Storage.INPUT, "columns", TensorValue.of(sizes, read));
        double[] converted = ReferenceEvaluator.evaluate(program, inputs)
                .output(Sink.RESULT, "value")
                .data();
        for (int i = 0; i < converted.length; i++) {
            to[i] = (float) converted[i];
        }
    }
}
