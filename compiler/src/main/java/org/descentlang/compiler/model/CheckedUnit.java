package org.descentlang.compiler.model;

import java.util.List;
import java.util.function.UnaryOperator;
import org.descentlang.compiler.ir.Program;

/** A file after checking: what Java is made from. */
public record CheckedUnit(
        String packageName,
        String sourceName,
        List<DataSpec> data,
        List<ModelSpec> models,
        List<TrainingSpec> trainings) {
    /** The same with other programs. */
    public CheckedUnit mapPrograms(UnaryOperator<Program> change) {
        return new CheckedUnit(
                packageName,
                sourceName,
                data.stream().map(spec -> spec.mapPrograms(change)).toList(),
                models.stream().map(spec -> spec.mapPrograms(change)).toList(),
                trainings.stream().map(spec -> spec.mapPrograms(change)).toList());
    }
}
