package org.descentlang.runtime.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.descentlang.description.ModelLayout;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.UserText;

/**
 * What a model file says of its tensors: lines of text.
 *
 * <pre>
 * model Mlp
 * weight 64x256 body.dense.w
 * bias 256 body.dense.b
 * running 256 norm.mean
 * </pre>
 *
 * The first word of a tensor is its role, or `running`; the shape of a scalar is `scalar`.
 */
record ModelHeader(String model, List<Tensor> tensors) {
    private static final String RUNNING = "running";
    private static final String SCALAR = "scalar";
    private static final int MOST_DIMENSIONS = 16;

    record Tensor(String role, List<Integer> shape, String path) {
        boolean isRunning() {
            return role.equals(RUNNING);
        }

        /** @throws ArithmeticException beyond the range of an int */
        int count() {
            return shape.stream().reduce(1, Math::multiplyExact);
        }

        String shapeText() {
            return shape.isEmpty()
                    ? SCALAR
                    : shape.stream().map(String::valueOf).collect(Collectors.joining("x"));
        }

        @Override
        public String toString() {
            return role + " " + shapeText() + " " + path;
        }
    }

    static ModelHeader of(ModelLayout layout) {
        List<Tensor> tensors = new ArrayList<>();
        layout.parameters().forEach(p -> tensors.add(new Tensor(p.role(), p.shape(), p.path())));
        layout.running().forEach(r -> tensors.add(new Tensor(RUNNING, r.shape(), r.path())));
        return new ModelHeader(layout.model(), tensors);
    }

    byte[] text() {
        var text = new StringBuilder("model ").append(model).append('\n');
        tensors.forEach(tensor -> text.append(tensor).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static ModelHeader parse(String file, byte[] text) {
        List<String> lines = new String(text, StandardCharsets.UTF_8).lines().toList();
        if (lines.isEmpty() || !lines.getFirst().startsWith("model ")) {
            throw UserException.in(file, "the header of the model file does not name a model");
        }
        return new ModelHeader(
                lines.getFirst().substring("model ".length()),
                lines.stream().skip(1).map(line -> tensor(file, line)).toList());
    }

    private static Tensor tensor(String file, String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 3) {
            throw UserException.in(file, "the header of the model file has a line \"" + UserText.name(line) + "\"");
        }
        try {
            var tensor = new Tensor(words[0], shape(words[1]), words[2]);
            if (tensor.count() >= 0 && tensor.shape.size() <= MOST_DIMENSIONS) {
                return tensor;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // Answered below, like a negative size.
        }
        throw UserException.in(file, "the header of the model file has a shape \"" + UserText.name(words[1]) + "\"");
    }

    private static List<Integer> shape(String text) {
        if (text.equals(SCALAR)) {
            return List.of();
        }
        List<Integer> shape = new ArrayList<>();
        for (String size : text.split("x", -1)) {
            shape.add(Integer.parseUnsignedInt(size));
        }
        return shape;
    }
}
