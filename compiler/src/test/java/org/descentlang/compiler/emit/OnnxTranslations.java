package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.descentlang.compiler.emit.OnnxTranslation.back;
import static org.descentlang.compiler.emit.OnnxTranslation.channelsLast;
import static org.descentlang.compiler.emit.OnnxTranslation.flattened;
import static org.descentlang.compiler.emit.OnnxTranslation.lacking;
import static org.descentlang.compiler.emit.OnnxTranslation.permuted;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.descentlang.compiler.op.TensorValue;

/** What each of ONNX's operators is in the language. */
final class OnnxTranslations {
    private static final String REDUCTION = """
            function of_class(scores : f32[.., k], target : i32[..]) = -sum(one_hot(target, k) * scores, over = k)
            function weight_of(target : i32[..], weights : f32[k]) = sum(one_hot(target, k) * weights, over = k)
            """;

    private static final String DILATED = "dilation of pooling windows";

    private OnnxTranslations() {}

    static OnnxTranslation of(OnnxCase c) {
        return switch (c.operator()) {
            case "Clip" -> clip(c);
            case "Elu" -> function(c, "elu(x)");
            case "Gelu" -> function(c, c.attribute("approximate", "").equals("tanh") ? "gelu_tanh(x)" : "gelu(x)");
            case "HardSigmoid" ->
                function(c, "clamp(%s * x + %s, 0, 1)".formatted(c.attribute("alpha", 0.2), c.attribute("beta", 0.5)));
            case "HardSwish" -> function(c, "hard_swish(x)");
            case "LeakyRelu" -> function(c, "leaky_relu(x, slope = %s)".formatted(c.attribute("alpha", 0.01)));
            case "PRelu" -> function(c, "leaky_relu(x, slope = slope)").with("slope", c.input(1));
            case "Selu" -> selu(c);
            case "Sigmoid" -> function(c, "sigmoid(x)");
            case "Softplus" -> function(c, "softplus(x)");
            case "Softsign" -> function(c, "softsign(x)");
            case "Swish" -> function(c, "silu(x)");
            case "Tanh" -> function(c, "tanh(x)");
            case "ThresholdedRelu" -> function(c, "where(x > %s, x, 0)".formatted(c.attribute("alpha", 1)));
            case "Softmax" -> along(c, c.axis(-1), "softmax(x)");
            case "LogSoftmax" -> along(c, c.axis(-1), "log_softmax(x)");
            case "LpNormalization" -> unitLength(c);
            case "LayerNormalization" -> layerNorm(c);
            case "RMSNormalization" -> rmsNorm(c);
            case "BatchNormalization" -> batchNorm(c);
            case "GroupNormalization" -> groupNorm(c);
            case "MeanVarianceNormalization" -> standardized(c);
            case "NegativeLogLikelihoodLoss" -> negativeLogLikelihood(c);
            case "SoftmaxCrossEntropyLoss" -> crossEntropy(c);
            case "Gather" -> gather(c);
            case "RNN", "GRU", "LSTM" -> OnnxRecurrence.of(c);
            case "Attention" -> OnnxAttention.of(c);
            case "RotaryEmbedding" -> OnnxAttention.rotary(c);
            case "Einsum" -> einsum(c);
            case "CumSum" -> sums(c);
            case "Conv" -> convolution(c, "convolve", 1);
            case "ConvTranspose" -> convolution(c, "convolve_transpose", 0);
            case "MaxPool" -> pool(c, "max_pool");
            case "AveragePool" -> pool(c, "average_pool");
            case "LpPool" -> lacking(DILATED);
            case "GlobalAveragePool" -> globalPool(c, "mean");
            case "GlobalMaxPool" -> globalPool(c, "max");
            default -> throw new AssertionError("no translation of " + c.operator());
        };
    }

    private static OnnxTranslation function(OnnxCase c, String text) {
        return OnnxTranslation.of(text).with("x", c.input(0));
    }

    private static OnnxTranslation clip(OnnxCase c) {
        String low = c.given(1).map(value -> value.single() + "").orElse("");
        String high = c.given(2).map(value -> value.single() + "").orElse("");
        if (low.isEmpty() || high.isEmpty()) {
            return function(
                    c,
                    low.isEmpty()
                            ? high.isEmpty() ? "x + 0" : "minimum(x, %s)".formatted(high)
                            : "maximum(x, %s)".formatted(low));
        }
        return function(c, "clamp(x, %s, %s)".formatted(low, high));
    }

    private static OnnxTranslation selu(OnnxCase c) {
        return c.attributes().has("alpha")
                ? function(c, "%s * elu(x, alpha = %s)".formatted(c.attribute("gamma", 1), c.attribute("alpha", 1)))
                : function(c, "selu(x)");
    }

    /** What acts on the last axis, here on another one. */
    private static OnnxTranslation along(OnnxCase c, int axis, String text) {
        return OnnxTranslation.of(text)
                .with("x", permuted(c.input(0), OnnxCase.last(c.rank(), axis)))
                .ordered(back(c.rank(), axis));
    }

    private static OnnxTranslation unitLength(OnnxCase c) {
        String norm = c.attribute("p", 2).equals("1")
                ? "sum(abs(x), over = k, keep = true)"
                : "norm(x, over = k, keep = true)";
        return along(c, c.axis(-1), "scaled(x)").declaring("""
                        function scaled(x : f32[.., k]) {
                            size = %s
                            return where(size == 0, 0, x / size)
                        }
                        """.formatted(norm));
    }

    private static OnnxTranslation layerNorm(OnnxCase c) {
        int axis = c.axis(-1);
        return OnnxTranslation.of("layer_norm(x, eps = %s)".formatted(c.attribute("epsilon", 1e-5)))
                .with("x", flattened(c.input(0), axis))
                .parameter("layer_norm.scale", flattened(c.input(1), 0))
                .parameter("layer_norm.shift", flattened(c.input(2), 0));
    }

    private static OnnxTranslation rmsNorm(OnnxCase c) {
        int axis = c.axis(-1);
        return OnnxTranslation.of("rms_norm(x, eps = %s)".formatted(c.attribute("epsilon", 1e-5)))
                .with("x", flattened(c.input(0), axis))
                .parameter("rms_norm.scale", flattened(c.input(1), 0));
    }

    private static OnnxTranslation batchNorm(OnnxCase c) {
        var norm = OnnxTranslation.of("batch_norm(x, eps = %s)".formatted(c.attribute("epsilon", 1e-5)))
                .with("x", channelsLast(c.input(0)))
                .parameter("batch_norm.scale", c.input(1))
                .parameter("batch_norm.shift", c.input(2))
                .running("batch_norm.mean", c.input(3))
                .running("batch_norm.var", c.input(4))
                .ordered(back(c.rank(), 1));
        return c.attributes().has("training_mode") ? norm : norm.inInference();
    }

    private static OnnxTranslation groupNorm(OnnxCase c) {
        return OnnxTranslation.of("group_norm(x, groups = %s, eps = %s)"
                        .formatted(c.attribute("num_groups", 1), c.attribute("epsilon", 1e-5)))
                .with("x", channelsLast(c.input(0)))
                .parameter("group_norm.scale", c.input(1))
                .parameter("group_norm.shift", c.input(2))
                .ordered(back(c.rank(), 1));
    }

    /** Over all axes but the channels. */
    private static OnnxTranslation standardized(OnnxCase c) {
        return OnnxTranslation.of("standardized(x)")
                .declaring("""
                        function standardized(x : f32[n, h, w, c]) =
                            (x - mean(x, over = (n, h, w), keep = true)) / (sqrt(variance(x, over = (n, h, w), keep = true)) + 1e-9)
                        """)
                .with("x", channelsLast(c.input(0)))
                .ordered(back(c.rank(), 1));
    }

    /** The library's losses take scores; with logarithms of probabilities the sum is written out. */
    private static OnnxTranslation negativeLogLikelihood(OnnxCase c) {
        return loss(c, "x");
    }

    private static OnnxTranslation crossEntropy(OnnxCase c) {
        if (!c.attribute("reduction", "mean").equals("mean")) {
            return loss(c, "log_softmax(x)");
        }
        var loss = OnnxTranslation.of("cross_entropy(x, target%s%s)"
                .formatted(
                        c.attributes().has("ignore_index") ? ", ignore = " + c.attribute("ignore_index", "") : "",
                        c.given(2).isPresent() ? ", weights = weights" : ""));
        return withTarget(c, loss);
    }

    /** With targets that count nothing told as class 0, which may be out of range. */
    private static OnnxTranslation loss(OnnxCase c, String logarithms) {
        String counted = c.attributes().has("ignore_index")
                ? "float(target != %s)".formatted(c.attribute("ignore_index", ""))
                : "float(target == target)";
        String label = c.attributes().has("ignore_index")
                ? "where(target != %s, target, 0)".formatted(c.attribute("ignore_index", ""))
                : "target";
        String size = c.given(2).isPresent() ? counted + " * weight_of(%s, weights)".formatted(label) : counted;
        String all = "of_class(%s, %s) * %s".formatted(logarithms, label, size);
        String text = switch (c.attribute("reduction", "mean")) {
            case "none" -> all;
            case "sum" -> "sum(%s)".formatted(all);
            default -> "sum(%s) / sum(%s)".formatted(all, size);
        };
        return withTarget(c, OnnxTranslation.of(text).declaring(REDUCTION));
    }

    private static OnnxTranslation withTarget(OnnxCase c, OnnxTranslation loss) {
        loss.with("x", channelsLast(c.input(0))).with("target", c.input(1));
        c.given(2).ifPresent(weights -> loss.with("weights", weights));
        return loss;
    }

    private static OnnxTranslation gather(OnnxCase c) {
        TensorValue index = c.input(1);
        if (IntStream.range(0, index.count()).anyMatch(i -> index.data()[i] < 0)) {
            return lacking("an index below 0: positions computed from data count from 0");
        }
        int axis = c.axis(0);
        int ranks = index.sizes().length;
        int[] front = IntStream.concat(
                        IntStream.of(axis), IntStream.range(0, c.rank()).filter(a -> a != axis))
                .toArray();
        // [index…, before, after] to [before, index…, after]
        List<Integer> order = IntStream.concat(
                        IntStream.concat(IntStream.range(ranks, ranks + axis), IntStream.range(0, ranks)),
                        IntStream.range(ranks + axis, ranks + c.rank() - 1))
                .boxed()
                .collect(Collectors.toList());
        return OnnxTranslation.of("gather(table, index)")
                .with("table", permuted(c.input(0), front))
                .with("index", index)
                .ordered(order.stream().mapToInt(Integer::intValue).toArray());
    }

    /** @param channels which axis of the filters the channels are; the units are the other one */
    private static OnnxTranslation convolution(OnnxCase c, String function, int channels) {
        if (c.attributes().has("output_padding")) {
            return lacking("elements that no filter reaches, at the end of a transposed convolution");
        }
        TensorValue filters = c.input(1);
        int[] order = IntStream.concat(IntStream.range(2, c.rank()), IntStream.of(channels, 1 - channels))
                .toArray();
        return OnnxTranslation.of("%s(x, w%s%s%s)"
                        .formatted(
                                function,
                                settings(c, c.list("strides")),
                                c.list("dilations").isEmpty() ? "" : ", dilation = " + axes(c.list("dilations")),
                                c.attributes().has("group") ? ", groups = " + c.attribute("group", 1) : ""))
                .with("x", channelsLast(c.input(0)))
                .with("w", permuted(filters, order))
                .ordered(back(c.rank(), 1));
    }

    private static OnnxTranslation pool(OnnxCase c, String layer) {
        if (c.attributes().has("dilations")) {
            return lacking(DILATED);
        }
        if (c.attributes().has("ceil_mode")) {
            return lacking("windows that reach over the end (`ceil_mode`); `padding = \"same\"` has them");
        }
        List<Integer> strides = c.list("strides");
        return OnnxTranslation.of("%s%dd(x, size = %s%s)"
                        .formatted(
                                layer,
                                c.rank() - 2,
                                axes(c.list("kernel_shape")),
                                settings(c, strides.isEmpty() ? Collections.nCopies(c.rank() - 2, 1) : strides)))
                .with("x", channelsLast(c.input(0)))
                .ordered(back(c.rank(), 1));
    }

    private static String settings(OnnxCase c, List<Integer> strides) {
        List<Integer> pads = c.list("pads");
        int axes = pads.size() / 2;
        assertThat(pads.subList(0, axes)).isEqualTo(pads.subList(axes, pads.size()));
        String padding = c.attributes().has("auto_pad")
                ? "\"same\""
                : pads.isEmpty() ? "\"valid\"" : axes(pads.subList(0, axes));
        return (strides.isEmpty() ? "" : ", stride = " + axes(strides)) + ", padding = " + padding;
    }

    /** A number for each axis. */
    private static String axes(List<Integer> setting) {
        return setting.size() == 1
                ? setting.getFirst().toString()
                : setting.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }

    private static OnnxTranslation globalPool(OnnxCase c, String reduction) {
        return OnnxTranslation.of("pooled(x)")
                .declaring(
                        "function pooled(x : f32[n, h, w, c]) = %s(x, over = (h, w), keep = true)".formatted(reduction))
                .with("x", channelsLast(c.input(0)))
                .ordered(back(c.rank(), 1));
    }

    private static OnnxTranslation einsum(OnnxCase c) {
        String equation = c.attribute("equation", "").replace(" ", "");
        return equation.contains("ii")
                ? lacking("a letter twice in one operand")
                : function(c, "einsum(\"%s\", x)".formatted(equation));
    }

    private static OnnxTranslation sums(OnnxCase c) {
        String turn = c.attributes().has("exclusive")
                ? "before = total  total = total + s  emit before"
                : "total = total + s  emit total";
        String direction = c.attributes().has("reverse") ? "backwards " : "";
        String rest = c.rank() == 2 ? "zeros(n)" : "0";
        return function(c, "sums(x)")
                .declaring("""
                function sums(x : f32[%s]) = scan s in x along time %swith total = %s { %s }
                """.formatted(c.rank() == 2 ? "time, n" : "time", direction, rest, turn));
    }
}
