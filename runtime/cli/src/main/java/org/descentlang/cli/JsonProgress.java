package org.descentlang.cli;

import java.io.PrintStream;
import org.descentlang.compiler.diagnostic.JsonObject;
import org.descentlang.runtime.training.EpochReport;
import org.descentlang.runtime.training.Evaluation;
import org.descentlang.runtime.training.Progress;
import org.descentlang.runtime.training.TrainingListener;

/** An object at the start, one an epoch, and one a warning. */
final class JsonProgress implements TrainingListener {
    private final PrintStream out;

    JsonProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void onStart(Progress progress) {
        out.println(new JsonObject()
                .put("event", "start")
                .put("name", progress.description().name())
                .put("examples", progress.plan().examples())
                .put("steps", progress.plan().steps())
                .put("epochs", progress.plan().epochs()));
    }

    @Override
    public void onEpoch(Progress progress, EpochReport report) {
        var object = new JsonObject()
                .put("event", "epoch")
                .put("epoch", report.epoch())
                .put("steps", report.steps())
                .put("meanLoss", report.meanTrainLoss());
        report.validation().ifPresent(validation -> object.put("validation", evaluation(validation)));
        object.put("hyperparameters", hyperparameters(progress))
                .put("best", report.best())
                .put("seconds", progress.seconds())
                .put("secondsLeft", progress.secondsLeft());
        out.println(object);
    }

    @Override
    public void onWarning(Progress progress, String warning) {
        out.println(new JsonObject().put("severity", "warning").put("title", warning));
    }

    static JsonObject evaluation(Evaluation evaluation) {
        var object = new JsonObject().put("loss", evaluation.loss());
        evaluation.metrics().forEach(object::put);
        evaluation.matrices().forEach(object::put);
        return object;
    }

    private static JsonObject hyperparameters(Progress progress) {
        var object = new JsonObject();
        var numbers = progress.description().hyperparameters();
        for (int i = 0; i < numbers.size(); i++) {
            object.put(numbers.get(i).path(), progress.hyperparameters()[i]);
        }
        return object;
    }
}
