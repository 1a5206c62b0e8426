package org.descentlang.compiler.lower;

import java.util.Map;
import java.util.stream.Collectors;
import org.descentlang.description.NumberText;

/** Words for values, in messages. */
public final class Values {
    public static final String NONE = "none";

    private Values() {}

    public static String describe(Value value) {
        return switch (value) {
            case Value.Tensor tensor -> tensor.type().toString();
            case Value.Tensors _ -> "a set of parameters";
            case Value.Number number -> "the number " + NumberText.of(number.value());
            case Value.Size size -> "the size " + size.dim();
            case Value.Truth truth -> truth.value() ? "true" : "false";
            case Value.Text _ -> "a string";
            case Value.Length length -> "the duration " + length.duration();
            case Value.Array _ -> "a list";
            case Value.Tuple tuple -> tuple.elements().size() + " values";
            case Value.Symbol symbol -> "the name `" + symbol.name() + "`";
            case Value.Instance instance -> "the layer `" + instance.layer().name() + "` without its input";
            case Value.WaitingInitializer _, Value.Start _ -> "an initialiser";
            case Value.Failure _ -> "nothing";
        };
    }

    /** Whether it is `none`, the default of an argument that may be left out. */
    static boolean isNone(Value value) {
        return value instanceof Value.Symbol(var name) && name.text().equals(NONE);
    }

    /** Whether something in it was reported already. */
    static boolean isFailed(Value value) {
        return value instanceof Value.Failure
                || value instanceof Value.Array(var elements)
                        && elements.stream().anyMatch(Values::isFailed);
    }

    /** Why the value cannot be a tensor. */
    static String noTensor(Value value) {
        if (value instanceof Value.Array(var elements)) {
            return elements.isEmpty()
                    ? "an empty list is not a tensor"
                    : "a list used as a tensor must contain numbers, or lists of equal shape";
        }
        if (value instanceof Value.Symbol(var name)) {
            return "`" + name + "` is not a value by itself: call it with arguments, `" + name + "(…)`";
        }
        return "expected a tensor or a number, not " + describe(value);
    }

    /** The value as it could be written. */
    static String text(Value value) {
        return switch (value) {
            case Value.Number number -> NumberText.of(number.value());
            case Value.Size size -> size.dim().toString();
            case Value.Text text -> "\"" + text.value() + "\"";
            case Value.Length length -> length.duration().toString();
            case Value.Symbol symbol -> symbol.name().text();
            case Value.WaitingInitializer initializer ->
                initializer.expression().span().text();
            case Value.Instance instance ->
                instance.arguments().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(argument -> argument.getKey() + " = "
                                + text(argument.getValue().value()))
                        .collect(Collectors.joining(", ", instance.layer().name() + "(", ")"));
            case Value.Array array ->
                array.elements().stream().map(Values::text).collect(Collectors.joining(", ", "[", "]"));
            case Value.Tuple tuple ->
                tuple.elements().stream().map(Values::text).collect(Collectors.joining(", ", "(", ")"));
            case Value.Tensor _, Value.Tensors _, Value.Truth _, Value.Start _, Value.Failure _ -> describe(value);
        };
    }
}
