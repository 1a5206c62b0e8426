package org.descentlang.compiler.ir;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.descentlang.compiler.ir.Windows.Along;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/**
 * Convolutions over one to three axes at random sizes, strides, dilations, paddings and groups, each a function of its
 * seed.
 */
public record RandomWindows(Windows windows, long channels, long units, long groups) {
    public static RandomWindows of(long seed) {
        var random = new SplittableRandom(seed);
        int rank = (int) (1 + seed % 3);
        var axes = Stream.generate(() -> along(random)).limit(rank).toList();
        long groups = seed % 2 == 0 ? 1 : random.nextLong(1, 4);
        long units = groups * random.nextLong(1, 4);
        return new RandomWindows(new Windows(axes), groups * random.nextLong(1, 3), units, groups);
    }

    private static Along along(SplittableRandom random) {
        long size = random.nextLong(1, 4);
        long stride = random.nextLong(1, 4);
        long dilation = random.nextLong(1, 3);
        long before = random.nextLong(0, 3);
        long after = random.nextLong(0, 3);
        long span = (size - 1) * dilation + 1;
        long input = Math.max(random.nextLong(1, 7), span - before - after);
        return new Along(input, size, stride, dilation, before, (input + before + after - span) / stride + 1);
    }

    /** Whose windows have something that is no padding, as those of the language do. */
    public static Windows ofElements(long seed) {
        return new Windows(of(seed).windows.axes().stream()
                .map(along -> new Along(
                        along.input() + 3,
                        along.size(),
                        along.stride(),
                        1,
                        along.size() - 1,
                        (along.input() + 2) / along.stride() + 1))
                .toList());
    }

    public Op.Convolve op(Op.Part part) {
        return new Op.Convolve(windows, groups, part);
    }

    public List<TensorType> operands(Op.Part part) {
        return switch (part) {
            case VALUE -> List.of(x(), w());
            case BY_DATA -> List.of(y(), w());
            case BY_WEIGHTS -> List.of(x(), y());
        };
    }

    public TensorType x() {
        return TensorType.f32(Shape.of(Dim.BATCH).append(windows.inputs()).append(Dim.of(channels)));
    }

    public TensorType w() {
        return TensorType.f32(windows.sizes().append(Shape.of(channels / groups, units)));
    }

    private TensorType y() {
        return TensorType.f32(Shape.of(Dim.BATCH).append(windows.positions()).append(Dim.of(units)));
    }
}
