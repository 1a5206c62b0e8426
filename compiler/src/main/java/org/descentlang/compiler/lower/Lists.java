package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;

/** `[1.0, -2.0]` and `[[1, 0], [0, 1]]` as tensors: scalars side by side, rows one below the other. */
final class Lists {
    private final Elementwise elementwise;
    private final TensorBuilder build;

    Lists(Elementwise elementwise, TensorBuilder build) {
        this.elementwise = elementwise;
        this.build = build;
    }

    /** Empty unless it holds scalars of one type, or lists of equal shape. */
    Optional<Value.Tensor> tensor(Value.Array list, ElementType wanted) {
        var parts = new ArrayList<Value.Tensor>();
        for (Value element : list.elements()) {
            Optional<Value.Tensor> part = element(element, wanted);
            if (part.isEmpty()
                    || !part.get()
                            .type()
                            .equals(
                                    parts.isEmpty()
                                            ? part.get().type()
                                            : parts.getFirst().type())) {
                return Optional.empty();
            }
            parts.add(part.get());
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(joined(parts));
    }

    private Optional<Value.Tensor> element(Value element, ElementType wanted) {
        return switch (element) {
            case Value.Array inner -> tensor(inner, wanted);
            case Value.Tensor tensor -> Optional.of(tensor).filter(t -> t.type().isScalar());
            case Value.Number _,
                    Value.Size _,
                    Value.Truth _,
                    Value.Tensors _,
                    Value.Text _,
                    Value.Length _,
                    Value.Tuple _,
                    Value.Symbol _,
                    Value.Instance _,
                    Value.WaitingInitializer _,
                    Value.Start _,
                    Value.Failure _ -> elementwise.scalarTensor(element, wanted);
        };
    }

    private Value.Tensor joined(List<Value.Tensor> parts) {
        Shape inner = parts.getFirst().type().shape();
        List<Axis> axes = Collections.nCopies(inner.rank() + 1, Axis.PLAIN);
        var dims = new ArrayList<>(List.of(Dim.ONE));
        dims.addAll(inner.dims());
        var row = new Shape(dims);
        var rows = parts.stream().map(part -> build.reshape(part, row, axes)).toArray(Value.Tensor[]::new);
        return rows.length == 1 ? rows[0] : build.of(new Op.Concat(0), axes, rows);
    }
}
