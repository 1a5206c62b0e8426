package org.descentlang.runtime.training;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.UserText;
import org.descentlang.runtime.data.DataFolders;

/**
 * The `main` of generated classes: trains and prints one line per epoch. Arguments are `data=FOLDER`, `threads=NUMBER`
 * and what {@link Trainer#set} takes: `optimizer.lr=3e-4`, `epochs=2`, `seed=7`.
 */
public final class TrainingMain {
    private TrainingMain() {}

    /** Exits with status 2 after a mistake of the user, and if values became infinite or NaN. */
    public static void run(TrainingProgram program, String... arguments) {
        try {
            var trainer = new Trainer(program);
            for (String argument : arguments) {
                set(trainer, argument);
            }
            TrainingResult result = trainer.train(new Lines());
            System.out.println(UserText.counted(result.steps(), "step")
                    + result.test().map(scores -> ", test " + text(scores)).orElse(""));
        } catch (UserException | TrainingFailedException mistake) {
            System.err.println(mistake.getMessage());
            System.exit(2);
        }
    }

    /** Prints one line per epoch, and warnings. */
    private static final class Lines implements TrainingListener {
        @Override
        public void onEpoch(Progress progress, EpochReport report) {
            System.out.println("epoch " + report.epoch() + "  mean train loss " + number(report.meanTrainLoss())
                    + report.validation()
                            .map(scores -> "  validation " + text(scores))
                            .orElse(""));
        }

        @Override
        public void onWarning(Progress progress, String warning) {
            System.err.println("warning: " + warning);
        }
    }

    private static void set(Trainer trainer, String argument) {
        int equals = argument.indexOf('=');
        if (equals < 0) {
            throw new UserException("\"" + argument + "\" is not of the form name=value");
        }
        String name = argument.substring(0, equals);
        String value = argument.substring(equals + 1);
        switch (name) {
            case "data" -> trainer.folders(DataFolders.of(Path.of(value)));
            case "threads" -> trainer.threads(count(name, value));
            default -> trainer.set(name, parsed(name, value));
        }
    }

    private static int count(String name, String value) {
        double number = parsed(name, value);
        if (number != (int) number) {
            throw new UserException(name + " needs a whole number, not \"" + value + "\"");
        }
        return (int) number;
    }

    private static double parsed(String name, String value) {
        return DecimalNumber.of(value)
                .orElseThrow(() -> new UserException(name + " needs a number, not \"" + value + "\""));
    }

    private static String text(Evaluation scores) {
        var text = new StringJoiner(", ").add("loss " + number(scores.loss()));
        for (Map.Entry<String, Double> metric : scores.metrics().entrySet()) {
            text.add(metric.getKey() + " " + number(metric.getValue()));
        }
        return text.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
