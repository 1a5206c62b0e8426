package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Windows;
import org.descentlang.compiler.lower.WindowSettings.Padding;
import org.descentlang.compiler.lower.WindowSettings.Setting;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;
import org.descentlang.description.NumberText;

/** Filters and windows over the axes between the first one of a tensor and its last one, the channels. */
final class Convolutions {
    private static final int MOST_AXES = 3;

    private final ExpressionLowering lowering;
    private final Elaboration elaboration;
    private final TensorBuilder build;
    private final WindowSettings settings;

    Convolutions(ExpressionLowering lowering) {
        this.lowering = lowering;
        this.elaboration = lowering.elaboration();
        this.build = new TensorBuilder(elaboration.builder());
        this.settings = new WindowSettings(lowering);
    }

    Value perAxis(Primitives.Use use) {
        return settings.perAxis(use);
    }

    /** `convolve(x, w, stride = 1, padding = "same", dilation = 1, groups = 1)`. */
    Value convolve(Primitives.Use use) {
        return filtered(use).<Value>map(filters -> convolve(use, filters)).orElse(Value.FAILURE);
    }

    private Value convolve(Primitives.Use use, Filters filters) {
        Dim share = filters.w.type().shape().dim(filters.rank());
        Dim units = filters.w.type().shape().last();
        boolean fits = filters.divides(
                        filters.x.type().shape().last(),
                        "channel",
                        filters.x.axes().getLast())
                && filters.divides(units, "unit", filters.w.axes().getLast())
                && filters.takes(share, filters.rank(), filters.groups);
        if (!fits) {
            return Value.FAILURE;
        }
        return filters.geometry
                .over(filters.x)
                .<Value>map(windows -> {
                    var op = new Op.Convolve(windows, filters.groups, Op.Part.VALUE);
                    var axes = axes(
                            filters.x,
                            windows,
                            Windows.Along::positions,
                            filters.w.axes().getLast());
                    return addressable(use, filters.x, windows, Windows.Along::positions, units)
                            ? build.of(op, axes, filters.x, filters.w)
                            : Value.FAILURE;
                })
                .orElse(Value.FAILURE);
    }

    /** `convolve_transpose(…)`: filters [size…, channels, units / groups], as if x were what `convolve` had made. */
    Value transposed(Primitives.Use use) {
        return filtered(use).<Value>map(filters -> transposed(use, filters)).orElse(Value.FAILURE);
    }

    private Value transposed(Primitives.Use use, Filters filters) {
        Dim channels = filters.w.type().shape().dim(filters.rank());
        Dim share = filters.w.type().shape().last();
        boolean fits = filters.divides(
                        filters.x.type().shape().last(),
                        "channel",
                        filters.x.axes().getLast())
                && filters.takes(channels, filters.rank(), 1);
        if (!fits) {
            return Value.FAILURE;
        }
        var permutation = new ArrayList<Integer>();
        for (int axis = 0; axis < filters.rank(); axis++) {
            permutation.add(axis);
        }
        permutation.add(filters.rank() + 1);
        permutation.add(filters.rank());
        Dim units = share.times(Dim.of(filters.groups));
        return filters.geometry
                .under(filters.x)
                .<Value>map(windows -> {
                    var op = new Op.Convolve(windows, filters.groups, Op.Part.BY_DATA);
                    Axis last = filters.groups == 1 ? filters.w.axes().getLast() : made();
                    var axes = axes(filters.x, windows, Windows.Along::input, last);
                    return addressable(use, filters.x, windows, Windows.Along::input, units)
                            ? build.of(op, axes, filters.x, build.transpose(filters.w, permutation))
                            : Value.FAILURE;
                })
                .orElse(Value.FAILURE);
    }

    /** x, its filters and how they move. */
    private final class Filters {
        private final Primitives.Use use;
        private final Value.Tensor x;
        private final Value.Tensor w;
        private final WindowGeometry geometry;
        private final long groups;

        Filters(Primitives.Use use, Value.Tensor x, Value.Tensor w, WindowGeometry geometry, long groups) {
            this.use = use;
            this.x = x;
            this.w = w;
            this.geometry = geometry;
            this.groups = groups;
        }

        int rank() {
            return geometry.rank();
        }

        boolean divides(Dim count, String noun, Axis axis) {
            if (count.fixed() % groups == 0) {
                return true;
            }
            Problem problem = Problem.at(
                    use.find("groups")
                            .map(written -> written.span())
                            .orElse(use.call().span()),
                    Code.GROUPS,
                    "`groups` of `%s` is %d, which does not divide %s"
                            .formatted(use.call().callee(), groups, NumberText.counted(count, noun)));
            elaboration.report(axis.written()
                    .map(span -> problem.also(span, NumberText.counted(count, noun)))
                    .orElse(problem));
            return false;
        }

        /** Whether the filters are for as many channels as there are, of which a group has a share. */
        boolean takes(Dim wanted, int axis, long shares) {
            Dim channels = x.type().shape().last();
            if (wanted.times(Dim.of(shares)).equals(channels)) {
                return true;
            }
            String of = shares == 1 ? "" : " in each of " + shares + " groups";
            Problem problem = Problem.at(
                    use.get("w").span(),
                    Code.FILTERS,
                    "`%s`: the filters %s take %s%s, but the input %s has %s"
                            .formatted(
                                    use.call().callee(),
                                    w.type(),
                                    NumberText.counted(wanted, "channel"),
                                    of,
                                    x.type(),
                                    channels));
            problem = also(problem, w.axes().get(axis), NumberText.counted(wanted, "channel"));
            elaboration.report(also(problem, x.axes().getLast(), NumberText.counted(channels, "channel")));
            return false;
        }
    }

    private static Problem also(Problem problem, Axis axis, String text) {
        return axis.written().map(span -> problem.also(span, text)).orElse(problem);
    }

    private Optional<Filters> filtered(Primitives.Use use) {
        Optional<Value.Tensor> x = real(use, "x");
        Optional<Value.Tensor> w = real(use, "w");
        if (x.isEmpty() || w.isEmpty()) {
            return Optional.empty();
        }
        int rank = w.get().type().shape().rank() - 2;
        boolean ranked = rank >= 1 && rank <= MOST_AXES && x.get().axes().size() == rank + 2;
        if (!ranked || !w.get().type().shape().isFixed()) {
            return failed(
                    use.get("w").span(),
                    Code.FILTERS,
                    "`%s` takes an input [batch, spatial…, channels] with one to three spatial axes and filters "
                                    .formatted(use.call().callee())
                            + "[size…, channels, units] with as many, but these are "
                            + x.get().type() + " and "
                            + w.get().type());
        }
        if (!isSpatial(use, x.get())) {
            return Optional.empty();
        }
        var sizes = new ArrayList<Setting>();
        for (int axis = 0; axis < rank; axis++) {
            sizes.add(new Setting(
                    w.get().type().shape().dim(axis).fixed(),
                    w.get().axes().get(axis).written().orElse(use.get("w").span())));
        }
        if (sizes.stream().anyMatch(size -> size.number() == 0)) {
            return failed(
                    use.get("w").span(), Code.FILTERS, "filters " + w.get().type() + " have no elements");
        }
        Optional<WindowGeometry> geometry = geometry(
                use,
                "filter",
                sizes,
                settings.each(use, "stride", 1, 1, rank),
                settings.each(use, "dilation", 1, 1, rank),
                WindowSettings.SAME);
        Optional<List<Setting>> groups = settings.each(use, "groups", 1, 1, 1);
        return geometry.flatMap(found -> groups.map(number ->
                new Filters(use, x.get(), w.get(), found, number.getFirst().number())));
    }

    private Optional<WindowGeometry> geometry(
            Primitives.Use use,
            String noun,
            List<Setting> sizes,
            Optional<List<Setting>> strides,
            Optional<List<Setting>> dilations,
            String padding) {
        Optional<Padding> padded = settings.padding(use, padding, sizes.size());
        return strides.isEmpty() || dilations.isEmpty() || padded.isEmpty()
                ? Optional.empty()
                : Optional.of(new WindowGeometry(
                        elaboration, use, noun, sizes, strides.get(), dilations.get(), padded.get()));
    }

    /** `window_max(x, size, stride = size, padding = "valid")`. */
    Value largest(Primitives.Use use) {
        return windowed(use)
                .<Value>map(windowed -> largest(windowed.x, windowed.windows))
                .orElse(Value.FAILURE);
    }

    private record Windowed(Value.Tensor x, Windows windows) {}

    private Value largest(Value.Tensor x, Windows windows) {
        Value.Tensor position = build.of(
                new Op.WindowArgMax(windows),
                axes(x, windows, Windows.Along::positions, x.axes().getLast()),
                x);
        Value.Tensor picked = build.of(new Op.Pick(), flat(position).axes(), flat(x), flat(position));
        return build.reshape(picked, position.type().shape(), position.axes());
    }

    /** With one spatial axis. */
    private Value.Tensor flat(Value.Tensor x) {
        Shape shape = x.type().shape();
        Dim between = new Shape(shape.dims().subList(1, shape.rank() - 1)).count();
        return build.reshape(
                x,
                Shape.of(shape.dim(0), between, shape.last()),
                List.of(x.axes().getFirst(), Axis.PLAIN, x.axes().getLast()));
    }

    /** `window_sum(…)`: filters of ones, for each channel by itself. */
    Value sum(Primitives.Use use) {
        return windowed(use)
                .<Value>map(windowed -> {
                    long channels = windowed.x.type().shape().last().fixed();
                    Shape filters = windowed.windows.sizes().append(Shape.of(1, channels));
                    Value.Tensor ones = build.filled(
                            build.constant(1, ElementType.F32),
                            filters,
                            Value.Tensor.of(0, TensorType.f32(filters)).axes());
                    var op = new Op.Convolve(windowed.windows, channels, Op.Part.VALUE);
                    return build.of(
                            op,
                            axes(
                                    windowed.x,
                                    windowed.windows,
                                    Windows.Along::positions,
                                    windowed.x.axes().getLast()),
                            windowed.x,
                            ones);
                })
                .orElse(Value.FAILURE);
    }

    private Optional<Windowed> windowed(Primitives.Use use) {
        Optional<Value.Tensor> x = real(use, "x");
        if (x.isEmpty()) {
            return Optional.empty();
        }
        int rank = x.get().axes().size() - 2;
        if (rank < 1 || rank > MOST_AXES) {
            return failed(
                    use.get("x").span(),
                    Code.FILTERS,
                    "`%s` takes a tensor [batch, spatial…, channels] with one to three spatial axes, but this is %s"
                            .formatted(use.call().callee(), x.get().type()));
        }
        if (!isSpatial(use, x.get())) {
            return Optional.empty();
        }
        return settings.each(use, "size", 1, 1, rank)
                .flatMap(sizes -> windows(use, sizes))
                .filter(WindowGeometry::seesElements)
                .flatMap(geometry -> geometry.over(x.get()))
                .filter(windows -> addressable(
                        use,
                        x.get(),
                        windows,
                        Windows.Along::positions,
                        x.get().type().shape().last()))
                .map(windows -> new Windowed(x.get(), windows));
    }

    /** Side by side, if nothing else is said. */
    private Optional<WindowGeometry> windows(Primitives.Use use, List<Setting> sizes) {
        int rank = sizes.size();
        Optional<List<Setting>> strides =
                use.find("stride").isPresent() ? settings.each(use, "stride", 1, 1, rank) : Optional.of(sizes);
        var one = new Setting(1, use.call().callee().span());
        return geometry(
                use, "window", sizes, strides, Optional.of(Collections.nCopies(rank, one)), WindowSettings.VALID);
    }

    private boolean isSpatial(Primitives.Use use, Value.Tensor x) {
        Shape shape = x.type().shape();
        for (int axis = 1; axis < shape.rank(); axis++) {
            if (!shape.dim(axis).isFixed() || shape.dim(axis).fixed() == 0) {
                elaboration.report(Problem.at(
                        use.get("x").span(),
                        Code.FILTERS,
                        "`%s` moves over axes whose sizes are known, with the batch in front, but this is %s"
                                .formatted(use.call().callee(), x.type())));
                return false;
            }
        }
        return true;
    }

    private Optional<Value.Tensor> real(Primitives.Use use, String parameter) {
        return lowering.tensor(use.get(parameter), use.scope()).filter(tensor -> {
            boolean real = tensor.type().element() == ElementType.F32;
            if (!real) {
                elaboration.report(Problem.at(
                        use.get(parameter).span(),
                        Code.ELEMENT_TYPE,
                        "`%s` of `%s` must be f32, but this is %s"
                                .formatted(parameter, use.call().callee(), tensor.type())));
            }
            return real;
        });
    }

    private boolean addressable(
            Primitives.Use use, Value.Tensor x, Windows windows, ToLongFunction<Windows.Along> extent, Dim last) {
        var dims = new ArrayList<Dim>(List.of(x.type().shape().dim(0)));
        windows.axes().forEach(axis -> dims.add(Dim.of(extent.applyAsLong(axis))));
        dims.add(last);
        boolean fits = Sizes.isAddressable(new Shape(dims));
        if (!fits) {
            elaboration.report(Problem.at(
                    use.call().span(), Code.TOO_LARGE, "a tensor of shape " + new Shape(dims) + " is too large"));
        }
        return fits;
    }

    /** An axis keeps its name if it keeps its size. */
    private List<Axis> axes(Value.Tensor x, Windows windows, ToLongFunction<Windows.Along> extent, Axis last) {
        var axes = new ArrayList<Axis>(List.of(x.axes().getFirst()));
        for (int axis = 0; axis < windows.rank(); axis++) {
            long size = extent.applyAsLong(windows.axes().get(axis));
            boolean same = x.type().shape().dim(axis + 1).equals(Dim.of(size));
            axes.add(same ? x.axes().get(axis + 1) : made());
        }
        axes.add(last);
        return axes;
    }

    /** An axis whose size comes from here. */
    private Axis made() {
        return new Axis(Set.of(), elaboration.builder().origin());
    }

    private <T> Optional<T> failed(Span place, Code code, String title) {
        elaboration.report(Problem.at(place, code, title));
        return Optional.empty();
    }
}
