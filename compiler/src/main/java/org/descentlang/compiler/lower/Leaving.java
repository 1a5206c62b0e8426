package org.descentlang.compiler.lower;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

/**
 * A result of a definition as its caller sees it. The dimension names of the definition end with its use; where the
 * size came from a name of the caller's, `dense(x, hidden)`, the axis has that one.
 *
 * @param inside the scope that is left
 * @param callers names of the caller by parameter
 */
record Leaving(Scope inside, Map<String, Tag> callers) {
    Value seen(Value result) {
        return switch (result) {
            case Value.Tensor(int id, var type, var axes, var bound) ->
                new Value.Tensor(id, type, axes.stream().map(this::seen).toList(), bound);
            case Value.Tuple(var elements) ->
                new Value.Tuple(elements.stream().map(this::seen).toList());
            case Value.Tensors _,
                    Value.Number _,
                    Value.Size _,
                    Value.Truth _,
                    Value.Text _,
                    Value.Length _,
                    Value.Array _,
                    Value.Symbol _,
                    Value.Instance _,
                    Value.WaitingInitializer _,
                    Value.Start _,
                    Value.Failure _ -> result;
        };
    }

    private Axis seen(Axis axis) {
        var tags = new HashSet<Tag>();
        for (Tag tag : axis.tags()) {
            if (tag.frame() != inside.frame()) {
                tags.add(tag);
            } else {
                Optional.ofNullable(callers.get(tag.name())).ifPresent(tags::add);
            }
        }
        return new Axis(tags, axis.written());
    }
}
