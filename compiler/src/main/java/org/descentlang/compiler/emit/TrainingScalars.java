package org.descentlang.compiler.emit;

import java.util.List;
import org.descentlang.compiler.emit.text.ScalarSource;
import org.descentlang.compiler.emit.text.Text;
import org.descentlang.compiler.emit.text.Text.Binding;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.model.Hyperparameter;

/**
 * In a step: the hyperparameters by their position, `t` the number of the update.
 *
 * @param owner in front of the field that has them
 */
record TrainingScalars(List<Hyperparameter> hyperparameters, String owner) implements ScalarSource {
    @Override
    public Text read(Op.Read scalar) {
        for (int i = 0; i < hyperparameters.size(); i++) {
            if (hyperparameters.get(i).path().equals(scalar.name())) {
                return Text.primary("$Lscalars.hyperparameters[$L]", owner, i);
            }
        }
        if (scalar.name().equals("t")) {
            return new Text(Text.primary("(double) $Lscalars.update", owner).code(), Binding.PREFIX);
        }
        throw new IllegalArgumentException("no hyperparameter " + scalar.name());
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
