package org.descentlang.compiler.emit;

import static org.descentlang.compiler.emit.OnnxTranslation.lacking;
import static org.descentlang.compiler.emit.OnnxTranslation.permuted;

import java.util.Arrays;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.compiler.type.ElementType;

/** ONNX's attention and rotary positions, whose heads come before the places if they are an axis of their own. */
final class OnnxAttention {
    private static final String TURNED = """
            function pairs(x : f32[b, t, h, n], c : f32[b, t, 1, m], s : f32[b, t, 1, m]) {
                u, v = split(x, 2)
                return concat(u * c - v * s, v * c + u * s, along = -1)
            }
            function neighbours(x : f32[b, t, h, n], c : f32[b, t, 1, m], s : f32[b, t, 1, m]) {
                both = reshape(x, b, t, h, m, 2)
                u = both[.., 0]
                v = both[.., 1]
                one = reshape(u * c - v * s, b, t, h, m, 1)
                return reshape(concat(one, reshape(v * c + u * s, b, t, h, m, 1), along = -1), b, t, h, n)
            }
            """;

    private OnnxAttention() {}

    static OnnxTranslation of(OnnxCase c) {
        if (c.given(6).isPresent() && c.attributes().has("left_window_size")) {
            return lacking("windows that end at another place for each example");
        }
        boolean flat = c.rank() == 3;
        TensorValue q = placesFirst(c.input(0), flat, c.attribute("q_num_heads", 0));
        TensorValue past = c.given(4).map(value -> permuted(value, 0, 2, 1, 3)).orElse(q);
        boolean cached = c.given(4).isPresent();
        boolean causal = c.attributes().has("is_causal") && c.given(6).isEmpty();
        TensorValue k = placesFirst(c.input(1), flat, c.attribute("kv_num_heads", 0));
        TensorValue v = placesFirst(c.input(2), flat, c.attribute("kv_num_heads", 0));
        // ONNX's first query sees the first key, ours the last one all: the same once later keys are left out.
        int seen = causal && !cached ? Math.min(q.sizes()[1], k.sizes()[1]) : k.sizes()[1];
        String bias = bias(c) ? ", bias = bias" : "";
        String text = "attention(q, %s, %s%s%s%s%s%s)"
                .formatted(
                        cached ? "concat(past_k, k, along = 1)" : "k[.., .. %d, .., ..]".formatted(seen - 1),
                        cached ? "concat(past_v, v, along = 1)" : "v[.., .. %d, .., ..]".formatted(seen - 1),
                        causal ? ", causal = true" : "",
                        bias,
                        c.given(6).isPresent() ? ", mask = reshape(arange(%d), 1, %1$d) < counted".formatted(seen) : "",
                        c.attributes().has("softcap") ? ", softcap = " + c.attribute("softcap", 0) : "",
                        c.attributes().has("scale") ? ", scale = " + c.attribute("scale", 0) : "");
        OnnxTranslation written =
                OnnxTranslation.of(text).with("q", q).with("k", k).with("v", v);
        if (cached) {
            written.with("past_k", past).with("past_v", permuted(c.input(5), 0, 2, 1, 3));
        }
        if (!bias.isEmpty()) {
            written.with("bias", bias(c, q.sizes()[1], seen + (cached ? past.sizes()[1] : 0)));
        }
        c.given(6)
                .ifPresent(lengths -> written.with(
                        "counted", new TensorValue(ElementType.I32, new int[] {lengths.count(), 1}, lengths.data())));
        return flat ? written : written.ordered(0, 2, 1, 3);
    }

    private static TensorValue placesFirst(TensorValue value, boolean flat, String heads) {
        if (!flat) {
            return permuted(value, 0, 2, 1, 3);
        }
        int[] sizes = value.sizes();
        int count = Integer.parseInt(heads);
        return TensorValue.of(new int[] {sizes[0], sizes[1], count, sizes[2] / count}, value.data());
    }

    private static boolean bias(OnnxCase c) {
        return c.given(3).isPresent() || window(c, "left") >= 0 || window(c, "right") >= 0;
    }

    private static int window(OnnxCase c, String side) {
        return Integer.parseInt(c.attribute(side + "_window_size", -1));
    }

    /** ONNX's mask, and its window, as what is added; only keys that some query sees. */
    private static TensorValue bias(OnnxCase c, int time, int seen) {
        TensorValue mask = c.given(3).orElse(TensorValue.of(new int[] {1}, 0));
        boolean truth = mask.element() == ElementType.BOOL;
        int rank = Math.max(2, mask.sizes().length);
        int[] from = new int[rank];
        Arrays.fill(from, 1);
        System.arraycopy(mask.sizes(), 0, from, rank - mask.sizes().length, mask.sizes().length);
        int[] sizes = from.clone();
        sizes[rank - 2] = time;
        sizes[rank - 1] = seen;
        int outer = Arrays.stream(sizes).limit(rank - 2L).reduce(1, (a, b) -> a * b);
        double[] data = new double[outer * time * seen];
        for (int i = 0; i < data.length; i++) {
            int key = i % seen;
            int query = i / seen % time;
            int row = i / seen / time * from[rank - 2] + (from[rank - 2] == 1 ? 0 : query);
            double found = mask.data()[row * from[rank - 1] + (from[rank - 1] == 1 ? 0 : key)];
            double added = truth ? (found == 0 ? -1e30 : 0) : found;
            boolean hidden = window(c, "left") >= 0 && key < query - window(c, "left")
                    || window(c, "right") >= 0 && key > query + window(c, "right");
            data[i] = hidden ? -1e30 : added;
        }
        return TensorValue.of(sizes, data);
    }

    static OnnxTranslation rotary(OnnxCase c) {
        boolean flat = c.rank() == 3;
        TensorValue x = placesFirst(c.input(0), flat, c.attribute("num_heads", 1));
        int[] sizes = x.sizes();
        int turned = Integer.parseInt(c.attribute("rotary_embedding_dim", sizes[3]));
        String function = c.attributes().has("interleaved") ? "neighbours" : "pairs";
        String table = c.given(3).isPresent() ? "gather(%s, place)" : "%s";
        String angles = "reshape(%s, %d, %d, 1, %d)".formatted(table, sizes[0], sizes[1], turned / 2);
        String part = turned == sizes[3] ? "x" : "x[.., .. %d]".formatted(turned - 1);
        String text = "%s(%s, %s, %s)".formatted(function, part, angles.formatted("c"), angles.formatted("s"));
        OnnxTranslation written = OnnxTranslation.of(
                        turned == sizes[3] ? text : "concat(%s, x[.., %d ..], along = -1)".formatted(text, turned))
                .declaring(TURNED)
                .with("x", x)
                .with("c", c.input(1))
                .with("s", c.input(2));
        c.given(3).ifPresent(place -> written.with("place", place));
        return flat ? written : written.ordered(0, 2, 1, 3);
    }
}
