package org.descentlang.compiler.emit;

import static org.descentlang.compiler.emit.OnnxTranslation.permuted;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.descentlang.compiler.op.TensorValue;

/**
 * ONNX's recurrent layers. Its weights are [directions, gates * units, inputs], its biases two for each unit. Its GRU
 * resets the state before the product, as Cho et al. 2014 have it; the library's does so afterwards, as PyTorch and
 * Keras do. That one, and what goes backwards, is written out as a scan.
 */
final class OnnxRecurrence {
    private static final String SCANS = """
            function elman(x : f32[batch, time, n], wx : f32[n, units], wh : f32[units, units]) = scan s in x along time with h = zeros(batch, units) {
                h = tanh(s @ wx + h @ wh)
                emit h
            }
            function elman_back(x : f32[batch, time, n], wx : f32[n, units], wh : f32[units, units]) = scan s in x along time backwards with h = zeros(batch, units) {
                h = tanh(s @ wx + h @ wh)
                emit h
            }
            function cho(x : f32[batch, time, n], wx : f32[n, k], wg : f32[units, both], wn : f32[units, units], b : f32[k]) = scan s in x along time with h = zeros(batch, units) {
                xz, xr, xn = split(s @ wx + b, 3)
                hz, hr = split(h @ wg, 2)
                z = sigmoid(xz + hz)
                h = (1 - z) * tanh(xn + (sigmoid(xr + hr) * h) @ wn) + z * h
                emit h
            }
            function cho_back(x : f32[batch, time, n], wx : f32[n, k], wg : f32[units, both], wn : f32[units, units], b : f32[k]) = scan s in x along time backwards with h = zeros(batch, units) {
                xz, xr, xn = split(s @ wx + b, 3)
                hz, hr = split(h @ wg, 2)
                z = sigmoid(xz + hz)
                h = (1 - z) * tanh(xn + (sigmoid(xr + hr) * h) @ wn) + z * h
                emit h
            }
            """;

    /** ONNX's order of an LSTM's gates is i o f g. */
    private static final int[] GATES = {0, 2, 3, 1};

    private OnnxRecurrence() {}

    static OnnxTranslation of(OnnxCase c) {
        TensorValue x = c.attribute("layout", 0).equals("1") ? c.input(0) : permuted(c.input(0), 1, 0, 2);
        boolean all = c.output().sizes().length == 4;
        String direction = c.attribute("direction", "forward");
        OnnxTranslation written = switch (direction) {
            case "bidirectional" -> bidirectional(c, all);
            case "reverse" -> scan(c, "_back").with("x", x);
            default -> forward(c, all);
        };
        written.with("x", x);
        return all && !c.attribute("layout", 0).equals("1") && !direction.equals("bidirectional")
                ? written.ordered(1, 0, 2)
                : written;
    }

    /** All states, or the last one. */
    private static OnnxTranslation forward(OnnxCase c, boolean all) {
        if (c.operator().equals("GRU")) {
            return parameters(
                    c, 0, OnnxTranslation.of(call(c, 0, "") + last(all)).declaring(SCANS));
        }
        boolean lstm = c.operator().equals("LSTM");
        int[] order = lstm ? GATES : new int[] {0};
        String layer = lstm ? "lstm" : "rnn";
        return OnnxTranslation.of("%s(x, units = %s)%s".formatted(layer, c.attribute("hidden_size", 0), last(all)))
                .parameter(layer + ".wx", transposed(gates(part(c.input(1), 0), order)))
                .parameter(layer + ".wh", transposed(gates(part(c.input(2), 0), order)))
                .parameter(layer + ".b", gates(bias(c, 0, order.length), order));
    }

    private static String last(boolean all) {
        return all ? "" : "[.., -1, ..]";
    }

    private static OnnxTranslation scan(OnnxCase c, String direction) {
        return parameters(c, 0, OnnxTranslation.of(call(c, 0, direction)).declaring(SCANS));
    }

    /** ONNX has the directions before the examples; the last state of the one that goes backwards is its first. */
    private static OnnxTranslation bidirectional(OnnxCase c, boolean all) {
        String text = all
                ? "permute(concat(reshape(%s, 1, 1, 3, %3$s), reshape(%s, 1, 1, 3, %3$s), along = 0), 2, 0, 1, 3)"
                : "concat(%s[.., -1, ..], %s[.., 0, ..], along = 0)";
        String written = text.formatted(call(c, 0, ""), call(c, 1, "_back"), c.attribute("hidden_size", 0));
        return parameters(c, 1, parameters(c, 0, OnnxTranslation.of(written).declaring(SCANS)));
    }

    private static String call(OnnxCase c, int direction, String suffix) {
        return c.operator().equals("GRU")
                ? "cho%s(x, wx%2$d, wg%2$d, wn%2$d, b%2$d)".formatted(suffix, direction)
                : "elman%s(x, wx%2$d, wh%2$d)".formatted(suffix, direction);
    }

    private static OnnxTranslation parameters(OnnxCase c, int direction, OnnxTranslation translation) {
        translation.with("wx" + direction, transposed(part(c.input(1), direction)));
        TensorValue recurrent = part(c.input(2), direction);
        if (!c.operator().equals("GRU")) {
            return translation.with("wh" + direction, transposed(recurrent));
        }
        return translation
                .with("wg" + direction, transposed(gates(recurrent, 3, 0, 1)))
                .with("wn" + direction, transposed(gates(recurrent, 3, 2)))
                .with("b" + direction, bias(c, direction, 3));
    }

    /** Both biases of a direction added; zeros if there are none. */
    private static TensorValue bias(OnnxCase c, int direction, int gates) {
        int units = gates * Integer.parseInt(c.attribute("hidden_size", 0));
        double[] sum = new double[units];
        c.given(3)
                .ifPresent(both -> Arrays.setAll(
                        sum,
                        i -> both.data()[direction * 2 * units + i] + both.data()[direction * 2 * units + units + i]));
        return TensorValue.of(new int[] {units}, sum);
    }

    private static TensorValue part(TensorValue value, int direction) {
        int[] sizes = Arrays.copyOfRange(value.sizes(), 1, value.sizes().length);
        int count = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
        return TensorValue.of(sizes, Arrays.copyOfRange(value.data(), direction * count, (direction + 1) * count));
    }

    private static TensorValue gates(TensorValue value, int[] order) {
        return gates(value, order.length, order);
    }

    /** Of so many equal parts along the first axis those that are asked for. */
    private static TensorValue gates(TensorValue value, int parts, int... order) {
        int size = value.count() / parts;
        double[] data = IntStream.of(order)
                .mapToObj(gate -> Arrays.copyOfRange(value.data(), gate * size, (gate + 1) * size))
                .flatMapToDouble(Arrays::stream)
                .toArray();
        int[] sizes = value.sizes().clone();
        sizes[0] = sizes[0] / parts * order.length;
        return TensorValue.of(sizes, data);
    }

    private static TensorValue transposed(TensorValue value) {
        return permuted(value, 1, 0);
    }
}
