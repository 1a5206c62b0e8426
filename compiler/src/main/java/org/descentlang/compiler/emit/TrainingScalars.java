package org.descentlang.compiler.emit;

import java.util.List;
import org.descentlang.compiler.emit.text.ScalarSource;
import org.descentlang.compiler.emit.text.Text;
import org.descentlang.compiler.emit.text.Text.Binding;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.StackedName;
import org.descentlang.compiler.model.Hyperparameter;

/**
 * In a step: the hyperparameters by their position, `t` the number of the update.
 *
 * @param owner in front of the field that has them
 */
record TrainingScalars(List<Hyperparameter> hyperparameters, String owner, String counter) implements ScalarSource {
    TrainingScalars(List<Hyperparameter> hyperparameters, String owner) {
        this(hyperparameters, owner, "");
    }

    @Override
    public Text read(Op.Read scalar) {
        if (scalar.name().equals("t")) {
            return new Text(Text.primary("(double) $Lscalars.update", owner).code(), Binding.PREFIX);
        }
        String position = StackedName.of(scalar.name())
                .map(this::position)
                .orElseGet(() -> Integer.toString(position(scalar.name())));
        return Text.primary("$Lscalars.hyperparameters[$L]", owner, position);
    }

    /** Each turn of a loop declares as many of them. */
    private String position(StackedName names) {
        int first = position(names.name(0));
        int stride = position(names.name(1)) - first;
        boolean even = names.indices().allMatch(turn -> position(names.name(turn)) == first + turn * stride);
        if (!even) {
            throw new IllegalArgumentException(names + " are not evenly spaced");
        }
        return first + " + " + (stride == 1 ? "" : stride + " * ") + counter;
    }

    private int position(String path) {
        for (int i = 0; i < hyperparameters.size(); i++) {
            if (hyperparameters.get(i).path().equals(path)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no hyperparameter " + path);
    }

    @Override
    public ScalarSource in(String turn) {
        return new TrainingScalars(hyperparameters, owner, turn);
    }

    @Override
    public String seed() {
        return owner + "scalars.seed";
    }

    @Override
    public String draw() {
        return owner + "scalars.draw";
    }
}
