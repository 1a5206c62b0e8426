package org.descentlang.compiler.model;

import java.util.List;
import org.descentlang.compiler.source.Span;
import org.descentlang.description.Range;

/**
 * A number that may change between steps without recompiling: `optimizer.lr`, `optimizer.bias.lr` (an override),
 * `clip.global_norm.max`, `loss.label_smoothing`, `body.dropout.rate`.
 *
 * @param name its last part, by which `schedule` finds it in every group
 * @param defaulted whether the user left it at its default
 * @param range what it has to be, by the requirements of what it is an argument of
 * @param orders those in which it is the smaller one
 */
public record Hyperparameter(
        String path, String name, double value, boolean defaulted, Span span, Range range, List<Order> orders) {
    public Hyperparameter {
        orders = List.copyOf(orders);
    }

    public Hyperparameter(String path, String name, double value, boolean defaulted, Span span, Range range) {
        this(path, name, value, defaulted, span, range, List.of());
    }

    /** The same with other requirements. */
    public Hyperparameter with(Range newRange, List<Order> newOrders) {
        return new Hyperparameter(path, name, value, defaulted, span, newRange, newOrders);
    }
}
