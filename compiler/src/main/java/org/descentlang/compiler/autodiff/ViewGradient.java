package org.descentlang.compiler.autodiff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.descentlang.compiler.ir.Op;

/** Elements go back to where they came from; what was repeated is added up. */
final class ViewGradient {
    private final Adjoints adjoints;

    ViewGradient(Adjoints adjoints) {
        this.adjoints = adjoints;
    }

    void propagate(Op.View op, int x, int g) {
        int contribution = switch (op) {
            case Op.Broadcast broadcast -> broadcast(broadcast, g);
            case Op.Reshape _ -> adjoints.apply(new Op.Reshape(adjoints.shape(x)), g);
            case Op.Transpose transpose -> transpose(transpose.permutation(), g);
            case Op.Slice slice -> slice(slice, x, g);
        };
        adjoints.add(x, contribution);
    }

    private int broadcast(Op.Broadcast broadcast, int g) {
        var repeated = new ArrayList<Integer>();
        for (int axis = 0; axis < broadcast.shape().rank(); axis++) {
            if (!broadcast.axes().contains(axis)) {
                repeated.add(axis);
            }
        }
        return repeated.isEmpty() ? g : adjoints.sum(g, repeated);
    }

    private int transpose(List<Integer> permutation, int g) {
        var inverse = new ArrayList<>(Collections.nCopies(permutation.size(), 0));
        for (int axis = 0; axis < permutation.size(); axis++) {
            inverse.set(permutation.get(axis), axis);
        }
        return adjoints.apply(new Op.Transpose(inverse), g);
    }

    private int slice(Op.Slice slice, int x, int g) {
        long after = adjoints.shape(x).dim(slice.axis()).fixed() - slice.start() - slice.length();
        return adjoints.apply(new Op.Pad(slice.axis(), slice.start(), after), g);
    }
}
