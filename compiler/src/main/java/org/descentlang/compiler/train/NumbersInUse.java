package org.descentlang.compiler.train;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.descentlang.compiler.lower.Registry;
import org.descentlang.compiler.model.Hyperparameter;
import org.descentlang.compiler.model.Order;
import org.descentlang.description.Range;

/** The hyperparameters that some program reads: what is only a size or a choice is none, and never changes. */
record NumbersInUse(Registry registry, Set<String> read) {
    List<Hyperparameter> all() {
        Map<String, Hyperparameter> known = registry.hyperparameters().stream()
                .collect(Collectors.toMap(Hyperparameter::path, Function.identity()));
        return registry.hyperparameters().stream()
                .filter(number -> read.contains(number.path()))
                .map(number -> required(number, known))
                .toList();
    }

    /** What another must not be larger or smaller than is a range, if that one stays what it is. */
    private Hyperparameter required(Hyperparameter number, Map<String, Hyperparameter> known) {
        Range range = number.range();
        for (Order order : registry.orders()) {
            if (order.smaller().equals(number.path()) && !read.contains(order.larger())) {
                range = range.and(Range.ANY.below(value(order.larger(), known), !order.strict()));
            }
            if (order.larger().equals(number.path()) && !read.contains(order.smaller())) {
                range = range.and(Range.ANY.above(value(order.smaller(), known), !order.strict()));
            }
        }
        List<Order> orders = registry.orders().stream()
                .filter(order -> order.smaller().equals(number.path()) && read.contains(order.larger()))
                .toList();
        return number.with(range, orders);
    }

    private static double value(String path, Map<String, Hyperparameter> known) {
        Hyperparameter number = known.get(path);
        if (number == null) {
            throw new IllegalStateException("an order of " + path + ", which is not known");
        }
        return number.value();
    }
}
