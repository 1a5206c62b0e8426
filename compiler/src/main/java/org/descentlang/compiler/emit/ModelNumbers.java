package org.descentlang.compiler.emit;

import java.util.OptionalDouble;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.StackedName;
import org.descentlang.compiler.model.Hyperparameter;
import org.descentlang.compiler.model.ModelSpec;

/** The numbers of a model as its file has them, which predictions are made with. */
record ModelNumbers(ModelSpec model) {
    /** Of the name, or of all turns of a loop if they are equal. */
    OptionalDouble value(String name) {
        var values = StackedName.of(name)
                .map(names -> names.indices()
                        .mapToDouble(turn -> single(names.name(turn)))
                        .distinct()
                        .toArray())
                .orElseGet(() -> new double[] {single(name)});
        return values.length == 1 ? OptionalDouble.of(values[0]) : OptionalDouble.empty();
    }

    /** Whether what loops read is the same number in all turns. */
    boolean areCommon(Program program) {
        return program.instructions().stream()
                .allMatch(instruction -> instruction.op() instanceof Op.Read read && read.storage() == Op.Storage.SCALAR
                        ? value(read.name()).isPresent()
                        : !(instruction.op() instanceof Op.Region region) || areCommon(region.body()));
    }

    private double single(String path) {
        return model.hyperparameters().stream()
                .filter(number -> number.path().equals(path))
                .mapToDouble(Hyperparameter::value)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no hyperparameter " + path));
    }
}
