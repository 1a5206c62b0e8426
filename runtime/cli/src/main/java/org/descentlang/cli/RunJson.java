package org.descentlang.cli;

import java.nio.file.Path;
import org.descentlang.compiler.diagnostic.JsonObject;
import org.descentlang.description.ParameterDescription;
import org.descentlang.runtime.training.StopReason;
import org.descentlang.runtime.training.TrainingResult;

/** The last line of a run that is told in JSON. */
final class RunJson {
    private RunJson() {}

    static JsonObject result(TrainingResult result, Path model) {
        var object = new JsonObject()
                .put("event", "result")
                .put("name", result.description().name())
                .put("end", end(result.reason()))
                .put("reason", result.reason().text())
                .put("steps", result.steps())
                .put("skipped", result.skipped())
                .put("seconds", result.seconds())
                .put("meanLoss", result.meanTrainLoss());
        result.bestEpoch().ifPresent(epoch -> object.put("bestEpoch", epoch));
        result.train().ifPresent(split -> object.put("train", JsonProgress.evaluation(split)));
        result.validation().ifPresent(split -> object.put("validation", JsonProgress.evaluation(split)));
        result.test().ifPresent(split -> object.put("test", JsonProgress.evaluation(split)));
        object.put("norms", norms(result));
        return result.isTrained() ? object.put("model", model.toString()) : object;
    }

    static String end(StopReason reason) {
        return switch (reason) {
            case StopReason.Finished _ -> "finished";
            case StopReason.Condition _ -> "condition";
            case StopReason.Interrupted _ -> "interrupted";
            case StopReason.OutOfRange _ -> "outOfRange";
            case StopReason.Nonfinite _, StopReason.EveryStepSkipped _ -> "nonfinite";
        };
    }

    /** The 2-norm of each parameter. */
    private static JsonObject norms(TrainingResult result) {
        var object = new JsonObject();
        for (ParameterDescription parameter : result.description().parameters()) {
            double sum = 0;
            for (int i = 0; i < parameter.count(); i++) {
                double value = result.state().parameters()[parameter.offset() + i];
                sum += value * value;
            }
            object.put(parameter.path(), Math.sqrt(sum));
        }
        return object;
    }
}
