package org.descentlang.compiler.train;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.descentlang.compiler.ast.Statement.Selector;
import org.descentlang.compiler.model.ModelSpec;

/**
 * The layers that `freeze` leaves nothing to learn, by their path: those in which all is frozen, parameters and running
 * state, and those whose own running state is. They behave as in inference, as frozen layers of Keras do: what would be
 * done with the statistics of a batch is done with those that are kept.
 */
record FrozenLayers(ModelSpec model, List<Selector> frozen) implements Predicate<String> {
    @Override
    public boolean test(String layer) {
        List<String> own =
                running().filter(path -> nearestLayer(path).equals(layer)).toList();
        return own.isEmpty() ? isWholeFrozen(layer) : own.stream().allMatch(this::isRunningFrozen);
    }

    private boolean isWholeFrozen(String layer) {
        var parameters = model.parameters().stream()
                .filter(parameter -> isInside(parameter.path(), layer))
                .toList();
        return !parameters.isEmpty()
                && parameters.stream().allMatch(parameter -> Selectors.matches(frozen, parameter))
                && running().filter(path -> isInside(path, layer)).allMatch(this::isRunningFrozen);
    }

    private boolean isRunningFrozen(String path) {
        return Selectors.matchesPath(frozen, path);
    }

    private Stream<String> running() {
        return model.running().stream().map(state -> state.path());
    }

    /** The innermost layer in which something is declared, or nothing for the model itself. */
    private String nearestLayer(String path) {
        return model.layers().stream()
                .map(ModelSpec.LayerUse::path)
                .filter(layer -> isInside(path, layer))
                .reduce("", (a, b) -> a.length() > b.length() ? a : b);
    }

    private static boolean isInside(String path, String layer) {
        return path.startsWith(layer + ".");
    }
}
