package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.descentlang.compiler.Compilation;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.runtime.data.DataFolders;
import org.descentlang.runtime.training.Evaluation;
import org.descentlang.runtime.training.Trainer;
import org.descentlang.runtime.training.TrainingListener;
import org.descentlang.runtime.training.TrainingProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Metrics are those of the split as one batch, whatever the batch: 160 examples in batches of 1, 7, 64, 159 and all,
 * against scikit-learn ({@code metrics/metrics.py}).
 */
class MetricsOverSplitTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "metrics");

    /** Of f32 terms; sums are exact to more digits. */
    private static final double TOLERANCE = 2e-6;

    @ParameterizedTest
    @ValueSource(strings = {"1", "7", "64", "159", "full"})
    void ofGeneratedCode(String batch) throws IOException {
        check(generated(batch), TOLERANCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "7", "full"})
    void ofTheReferenceEvaluator(String batch) throws IOException {
        var training = compiled(batch).units().getFirst().trainings().getFirst();
        check(new ReferenceProgram(training), 1e-6);
    }

    @Test
    void haveTheSameBitsForAnyNumberOfThreads() throws IOException {
        TrainingProgram program = generated("64");
        assertThat(measured(program, 1).metrics())
                .isEqualTo(measured(program, 2).metrics());
    }

    private static void check(TrainingProgram program, double tolerance) throws IOException {
        Evaluation found = measured(program, 2);
        var values = new LinkedHashMap<>(found.metrics());
        double[][] confusion = found.matrix("confusion");
        for (int row = 0; row < confusion.length; row++) {
            for (int column = 0; column < confusion[row].length; column++) {
                values.put("confusion[" + row + "][" + column + "]", confusion[row][column]);
            }
        }
        Map<String, Double> expected = expected();
        assertThat(values.keySet()).containsExactlyElementsOf(expected.keySet());
        expected.forEach((name, value) -> {
            // Scores that are not equal may share one of the intervals of `auc`.
            double slack = name.equals("auc") ? 1e-4 : tolerance * Math.max(1, Math.abs(value));
            assertThat(values.get(name)).as(name).isCloseTo(value, within(slack));
        });
        double square = expected.getOrDefault("rmse", Double.NaN);
        assertThat(found.loss()).isCloseTo(square * square + 0.5e-3, within(TOLERANCE));
    }

    private static Evaluation measured(TrainingProgram program, int threads) {
        return new Trainer(program)
                .threads(threads)
                .folders(DataFolders.of(FOLDER))
                .train(TrainingListener.silent())
                .test()
                .orElseThrow();
    }

    private static TrainingProgram generated(String batch) throws IOException {
        return GeneratedClasses.inMemory(compiled(batch).javaFiles()).program("Measured");
    }

    private static Compilation compiled(String batch) throws IOException {
        String text = Files.readString(FOLDER.resolve("metrics.opt")).replace("BATCH", batch);
        return Compiler.compile(List.of(SourceFile.of("metrics.opt", text)), CompilerOptions.DEFAULT);
    }

    private static Map<String, Double> expected() throws IOException {
        var expected = new LinkedHashMap<String, Double>();
        for (String line : Files.readAllLines(FOLDER.resolve("expected.csv"))) {
            String[] cells = line.split(",");
            expected.put(cells[0], Double.valueOf(cells[1]));
        }
        return expected;
    }
}
