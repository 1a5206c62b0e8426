package org.descentlang.compiler.lower;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.descentlang.compiler.model.Hyperparameter;
import org.descentlang.compiler.model.ModelSpec;
import org.descentlang.compiler.model.Order;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.RunningSpec;
import org.descentlang.description.Range;

/**
 * What the programs of one model or training have in common, by path. Each program registers what it meets; all of them
 * meet the same things under the same paths.
 */
public final class Registry {
    private final Map<String, ParameterSpec> parameters = new LinkedHashMap<>();
    private final Map<String, RunningSpec> running = new LinkedHashMap<>();
    private final Map<String, Hyperparameter> hyperparameters = new LinkedHashMap<>();
    private final Set<Order> orders = new LinkedHashSet<>();
    private final Map<String, ModelSpec.LayerUse> layers = new LinkedHashMap<>();

    public List<ParameterSpec> parameters() {
        return List.copyOf(parameters.values());
    }

    public List<RunningSpec> running() {
        return List.copyOf(running.values());
    }

    /** Every number that could be one; those that no program reads are sizes and the like. */
    public List<Hyperparameter> hyperparameters() {
        return List.copyOf(hyperparameters.values());
    }

    public List<ModelSpec.LayerUse> layers() {
        return List.copyOf(layers.values());
    }

    Optional<ParameterSpec> parameter(String path) {
        return Optional.ofNullable(parameters.get(path));
    }

    Optional<RunningSpec> running(String path) {
        return Optional.ofNullable(running.get(path));
    }

    void add(ParameterSpec parameter) {
        parameters.putIfAbsent(parameter.path(), parameter);
    }

    void add(RunningSpec state) {
        running.putIfAbsent(state.path(), state);
    }

    void add(Hyperparameter hyperparameter) {
        hyperparameters.putIfAbsent(hyperparameter.path(), hyperparameter);
    }

    /** Narrows what a hyperparameter may be. */
    void require(String path, Range range) {
        hyperparameters.computeIfPresent(
                path, (_, number) -> number.with(number.range().and(range), number.orders()));
    }

    /** What two hyperparameters have to be, whatever changes them. */
    public Set<Order> orders() {
        return Collections.unmodifiableSet(orders);
    }

    void require(Order order) {
        orders.add(order);
    }

    void add(ModelSpec.LayerUse layer) {
        layers.putIfAbsent(layer.path(), layer);
    }
}
