package org.descentlang.compiler.emit;

import java.util.List;
import org.descentlang.compiler.emit.text.ScalarSource;
import org.descentlang.compiler.emit.text.Text;
import org.descentlang.compiler.emit.text.Text.Binding;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.model.Hyperparameter;

/** In a step: the hyperparameters by their position, `t` the number of the update. */
record TrainingScalars(List<Hyperparameter> hyperparameters) implements ScalarSource {
    @Override
    public Text read(Op.Read scalar) {
        for (int i = 0; i < hyperparameters.size(); i++) {
            if (hyperparameters.get(i).path().equals(scalar.name())) {
                return Text.primary("scalars.hyperparameters[$L]", i);
            }
        }
        if (scalar.name().equals("t")) {
            return new Text(Text.primary("(double) scalars.update").code(), Binding.PREFIX);
        }
        throw new IllegalArgumentException("no hyperparameter " + scalar.name());
    }

    @Override
    public String seed() {
        return "scalars.seed";
    }

    @Override
    public String draw() {
        return "scalars.draw";
    }
}
