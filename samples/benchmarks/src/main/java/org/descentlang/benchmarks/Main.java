package org.descentlang.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import org.openjdk.jmh.runner.RunnerException;

/** What the script `run` starts. */
public final class Main {
    private Main() {}

    /** @param arguments the command line, in one piece or in many */
    public static void main(String[] arguments) throws IOException, RunnerException {
        String[] words = String.join(" ", arguments).strip().split("\\s+");
        var settings = Settings.parse(Arrays.copyOfRange(words, 1, words.length));
        switch (words[0]) {
            case "", "compare" -> Compare.run(settings);
            case "kernels" -> Kernels.run(settings);
            case "predictions" -> Predictions.run(settings);
            case "steadiness" -> Steadiness.run(settings);
            case "warm-up" -> WarmUp.run(settings);
            default -> {
                System.err.println("compare, kernels, predictions, steadiness or warm-up, not " + words[0]);
                System.exit(2);
            }
        }
    }
}
