package org.descentlang.compiler.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.descentlang.compiler.ast.DataClause;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/**
 * What `image(…)` reads, [batch, height, width, channels]: as written, `image(28, 28)`, or else as the field is, whose
 * type is written or that of the model's input. No size depends on data: the file is only compared with it.
 */
final class ImageShapes {
    private static final List<String> ARGUMENTS = List.of("height", "width", "channels");
    private static final int RANK = 4;

    private final Constants constants;
    private final FieldTypes types;
    private final Supplier<ModelInputs> inputs;

    ImageShapes(Constants constants, FieldTypes types, Supplier<ModelInputs> inputs) {
        this.constants = constants;
        this.types = types;
        this.inputs = inputs;
    }

    /** Empty if it is wrong or not known, which is reported. */
    Optional<Shape> of(DataClause.Field field, Expression.Call image) {
        Optional<Shape> shape = image.arguments().isEmpty() ? likeField(field, image) : written(image);
        return shape.filter(known -> isOfOneArray(known, image));
    }

    private boolean isOfOneArray(Shape shape, Expression.Call image) {
        boolean fits = shape.count(1) <= Integer.MAX_VALUE;
        if (!fits) {
            constants.report(Problem.at(
                    image.span(), Code.CLAUSE_VALUE, "an image of %,d values is too large".formatted(shape.count(1))));
        }
        return fits;
    }

    private Optional<Shape> written(Expression.Call image) {
        Optional<Map<String, Expression>> arguments = arguments(image);
        if (arguments.isEmpty()) {
            return Optional.empty();
        }
        var sizes = new ArrayList<Dim>(List.of(Dim.BATCH));
        for (String name : ARGUMENTS) {
            Expression size = arguments.get().get(name);
            OptionalLong value =
                    size == null ? OptionalLong.of(1) : constants.whole(size, "`" + name + "`", 1, Integer.MAX_VALUE);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            sizes.add(Dim.of(value.getAsLong()));
        }
        return Optional.of(Shape.of(sizes.toArray(Dim[]::new)));
    }

    private Optional<Map<String, Expression>> arguments(Expression.Call image) {
        Map<String, Expression> bound = new HashMap<>();
        for (int i = 0; i < image.arguments().size(); i++) {
            Expression.Argument argument = image.arguments().get(i);
            String name = argument.name().map(Name::text).orElse(i < ARGUMENTS.size() ? ARGUMENTS.get(i) : "");
            if (argument.name().isPresent() && !ARGUMENTS.contains(name)) {
                constants.report(Problem.at(
                        argument.name().get().span(),
                        Code.UNKNOWN_ARGUMENT,
                        "`image` has no argument `" + name + "`" + Suggestion.didYouMean(name, ARGUMENTS)));
                return Optional.empty();
            }
            if (name.isEmpty() || bound.put(name, argument.value()) != null) {
                return malformed(image);
            }
        }
        return bound.containsKey("height") && bound.containsKey("width") ? Optional.of(bound) : malformed(image);
    }

    private <T> Optional<T> malformed(Expression.Call image) {
        constants.report(Problem.at(
                image.span(),
                Code.WRONG_VALUE,
                "an image is written `image(height, width)` or `image(height, width, channels = 3)`, or `image()` if"
                        + " the model's input has the size"));
        return Optional.empty();
    }

    private Optional<Shape> likeField(DataClause.Field field, Expression.Call image) {
        String name = field.name().text();
        if (field.type().isPresent()) {
            return types.of(field.type().get()).flatMap(type -> sizes("the field", name, type, image));
        }
        ModelInputs ofModels = inputs.get();
        Optional<TensorType> input = ofModels.type(name);
        if (input.isPresent()) {
            return sizes("the model's input", name, input.get(), image);
        }
        if (!ofModels.mayLackSome()) {
            constants.report(Problem.at(
                            image.span(),
                            Code.IMAGE_SIZE,
                            "the size of the images is not known: no model that is trained on this has an input `%s`"
                                    .formatted(name))
                    .help("write it, as in `image(28, 28)`"));
        }
        return Optional.empty();
    }

    private Optional<Shape> sizes(String what, String name, TensorType type, Expression.Call image) {
        if (type.shape().rank() == RANK && type.shape().dim(0).equals(Dim.BATCH)) {
            return Optional.of(type.shape());
        }
        constants.report(Problem.at(
                        image.span(),
                        Code.IMAGE_SIZE,
                        "an image is f32[batch, height, width, channels], but %s `%s` is %s"
                                .formatted(what, name, type))
                .help("write the size of the images as well: `%s : %s = image(height, width)`".formatted(name, type)));
        return Optional.empty();
    }
}
