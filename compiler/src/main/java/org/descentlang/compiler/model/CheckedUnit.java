package org.descentlang.compiler.model;

import java.util.List;

/** A file after checking: what Java is made from. */
public record CheckedUnit(
        String packageName,
        String sourceName,
        List<DataSpec> data,
        List<ModelSpec> models,
        List<TrainingSpec> trainings) {}
