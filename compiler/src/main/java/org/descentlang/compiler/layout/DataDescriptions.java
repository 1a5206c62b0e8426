package org.descentlang.compiler.layout;

import java.util.function.Function;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.description.DataDescription;
import org.descentlang.description.DataDescription.Content;
import org.descentlang.description.DataDescription.Conversion;

/** A checked `data` as the runtime wants it described. */
public final class DataDescriptions {
    private DataDescriptions() {}

    /** @param conversions how fields are made of what a file has */
    public static DataDescription of(DataSpec data, Function<DataSpec.Field, Conversion> conversions) {
        var split = data.split();
        return new DataDescription(
                data.name(),
                data.source(),
                data.fields().stream()
                        .map(field ->
                                new DataDescription.Field(field.name(), width(field), content(field, conversions)))
                        .toList(),
                split.train(),
                split.validation(),
                split.test(),
                split.seed());
    }

    /** Values an example. */
    static int width(DataSpec.Field field) {
        return Math.toIntExact(field.type().shape().count(1));
    }

    private static Content content(DataSpec.Field field, Function<DataSpec.Field, Conversion> conversions) {
        return switch (field.content()) {
            case DataSpec.Content.Columns(var columns, var _) ->
                new Content.Columns(columns.first(), columns.last(), conversions.apply(field));
            case DataSpec.Content.Image image -> image(image, conversions.apply(field));
            case DataSpec.Content.ExampleLabel(var classes) -> new Content.ExampleLabel(classes);
            case DataSpec.Content.Labels(var columns, var classes) ->
                new Content.Labels(columns.first(), columns.last(), classes);
            case DataSpec.Content.Integers(var columns) -> new Content.Integers(columns.first(), columns.last());
            case DataSpec.Content.RandomUniform(var low, var high) -> new Content.RandomUniform(low, high);
            case DataSpec.Content.RandomNormal(var mean, var deviation) -> new Content.RandomNormal(mean, deviation);
            case DataSpec.Content.RandomLabels(var classes) -> new Content.RandomLabels(classes);
        };
    }

    private static Content image(DataSpec.Content.Image image, Conversion conversion) {
        int[] sizes = image.read().dims().stream()
                .skip(1)
                .mapToInt(size -> Math.toIntExact(size.size(1)))
                .toArray();
        return new Content.Image(sizes[0], sizes[1], sizes[2], conversion);
    }
}
