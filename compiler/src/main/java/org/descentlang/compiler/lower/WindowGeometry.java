package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.ir.Windows;
import org.descentlang.compiler.ir.Windows.Along;
import org.descentlang.compiler.lower.WindowSettings.Padding;
import org.descentlang.compiler.lower.WindowSettings.Setting;
import org.descentlang.compiler.source.Span;

/**
 * Where windows lie: from what is written, and the sizes of the axes between the first and the last one of a tensor.
 *
 * @param what has the windows: `convolve`
 * @param noun for one of them: "filter"
 */
record WindowGeometry(
        Elaboration elaboration,
        Primitives.Use use,
        String noun,
        List<Setting> sizes,
        List<Setting> strides,
        List<Setting> dilations,
        Padding padding) {
    int rank() {
        return sizes.size();
    }

    /** Windows over the spatial axes of {@code x}; empty if something was reported. */
    Optional<Windows> over(Value.Tensor x) {
        var axes = new ArrayList<Along>();
        for (int axis = 0; axis < rank(); axis++) {
            along(axis, x).ifPresent(axes::add);
        }
        return Optional.of(axes).filter(all -> all.size() == rank()).map(Windows::new);
    }

    private Optional<Along> along(int axis, Value.Tensor x) {
        long input = x.type().shape().dim(axis + 1).fixed();
        long stride = strides.get(axis).number();
        long span = span(axis);
        long total = total(axis, input);
        if (span > input + total) {
            return tooLarge(axis, x, padded("the " + noun + " reaches over " + span, axis, input, total), sizes);
        }
        if (stride > input + total) {
            return tooLarge(axis, x, padded("the stride is " + stride, axis, input, total), strides);
        }
        long positions = (input + total - span) / stride + 1;
        return Optional.of(new Along(
                input, sizes.get(axis).number(), stride, dilations.get(axis).number(), before(total), positions));
    }

    private long span(int axis) {
        return (sizes.get(axis).number() - 1) * dilations.get(axis).number() + 1;
    }

    /** Of padding, in front and behind together. */
    private long total(int axis, long input) {
        long stride = strides.get(axis).number();
        return switch (padding) {
            case Padding.Numbers(var numbers) -> 2 * numbers.get(axis).number();
            case Padding.Word(var word) ->
                switch (word) {
                    case WindowSettings.SAME ->
                        Math.max(0, (Math.ceilDiv(input, stride) - 1) * stride + span(axis) - input);
                    case WindowSettings.CAUSAL -> span(axis) - 1;
                    default -> 0;
                };
        };
    }

    private long before(long total) {
        boolean causal = padding instanceof Padding.Word(var word) && word.equals(WindowSettings.CAUSAL);
        return causal ? total : total / 2;
    }

    /** Windows whose positions are those of {@code y}: over what `convolve` makes it from. */
    Optional<Windows> under(Value.Tensor y) {
        var axes = new ArrayList<Along>();
        for (int axis = 0; axis < rank(); axis++) {
            under(axis, y).ifPresent(axes::add);
        }
        return Optional.of(axes).filter(all -> all.size() == rank()).map(Windows::new);
    }

    private Optional<Along> under(int axis, Value.Tensor y) {
        long positions = y.type().shape().dim(axis + 1).fixed();
        long stride = strides.get(axis).number();
        long span = span(axis);
        long all = (positions - 1) * stride + span;
        long total = switch (padding) {
            case Padding.Numbers(var numbers) -> 2 * numbers.get(axis).number();
            case Padding.Word(var word) -> word.equals(WindowSettings.VALID) ? 0 : Math.max(0, span - stride);
        };
        boolean valid = !(padding instanceof Padding.Word(var word)) || word.equals(WindowSettings.VALID);
        long input = valid ? all - total : positions * stride;
        return input < 1
                ? tooLarge(
                        axis,
                        y,
                        "along axis %d nothing is left: %d elements, less %d of padding"
                                .formatted(axis + 1, all, total),
                        sizes)
                : Optional.of(new Along(
                        input,
                        sizes.get(axis).number(),
                        stride,
                        dilations.get(axis).number(),
                        before(total),
                        positions));
    }

    private String padded(String what, int axis, long input, long total) {
        String had = input == 1 ? "1 element" : input + " elements";
        return "%s along axis %d, but what it moves over has %s%s"
                .formatted(what, axis + 1, had, total == 0 ? "" : " and " + total + " of padding");
    }

    private <T> Optional<T> tooLarge(int axis, Value.Tensor x, String title, List<Setting> blamed) {
        Setting setting = blamed.get(axis);
        Span place = setting.place().source().isLibrary() ? use.call().span() : setting.place();
        Problem problem = Problem.at(place, Code.WINDOW_SIZE, "`" + use.call().callee() + "`: " + title);
        Problem traced = x.axes()
                .get(axis + 1)
                .written()
                .filter(span -> !span.equals(place))
                .map(span -> problem.also(span, x.type().shape().dim(axis + 1) + " here"))
                .orElse(problem);
        elaboration.report(traced);
        return Optional.empty();
    }

    /** Whether each window has something that is no padding. */
    boolean seesElements() {
        for (int axis = 0; axis < rank(); axis++) {
            if (padding instanceof Padding.Numbers(var numbers)
                    && numbers.get(axis).number() >= sizes.get(axis).number()) {
                elaboration.report(Problem.at(
                        numbers.get(axis).place(),
                        Code.WINDOW_SETTING,
                        "a padding of %d is not below the window's size of %d: some windows would have nothing else"
                                .formatted(
                                        numbers.get(axis).number(),
                                        sizes.get(axis).number())));
                return false;
            }
        }
        return true;
    }
}
