package org.descentlang.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the compiler says of every matrix product, as calls of cuBLAS: training agrees when those calls replace the
 * kernels.
 */
final class ProductsByCublasTest {
    private static final String SPECS = "../../compiler/src/test/resources/specs/";
    private static final String OURS = "src/test/resources/";

    @ParameterizedTest
    @CsvSource({
        SPECS + "digits, DigitsTraining, 64",
        SPECS + "own_rules, OwnRules, 32",
        OURS + "operations, Operations, 65537"
    })
    void agree(String file, String training, int batch) {
        var compiled = CompiledTrainings.of(Path.of(file + ".opt"), "gpu");
        var calls = new AtomicInteger();
        Products cublas = (_, _, product, _) -> {
            calls.incrementAndGet();
            PlainCublas.run(new Sgemm(Precision.F32).call(product));
        };
        try (var steps = new AgainstReference(
                compiled.reference(training), compiled.on(new SequentialJava(cublas), training), batch)) {
            steps.train(batch);
            steps.train(batch - 1);
            steps.train(batch);
            steps.compareStates();
        }
        assertThat(calls.get()).isPositive();
    }

    /** Of the 8 products of a step, 3 add up rows: what is not there counts as zero. */
    @Test
    void smallerBatchesTakeItForEveryProduct() {
        var compiled = CompiledTrainings.of(Path.of(SPECS + "digits.opt"), "gpu");
        var calls = new AtomicInteger();
        Products cublas = (_, _, product, _) -> {
            calls.incrementAndGet();
            PlainCublas.run(new Sgemm(Precision.F32).call(product));
        };
        try (var steps = new AgainstReference(
                compiled.reference("DigitsTraining"), compiled.on(new SequentialJava(cublas), "DigitsTraining"), 64)) {
            steps.train(64);
            int full = calls.getAndSet(0);
            for (int rows : new int[] {63, 33, 8}) {
                steps.train(rows);
                assertThat(calls.getAndSet(0)).isEqualTo(full);
            }
            steps.train(7);
            assertThat(calls.get()).isZero();
            steps.compareStates();
        }
    }

    /** Products that were compiled for 65537 rows. */
    @Test
    void dataWithFewerExamplesThanABatchTakeTheKernels() {
        var compiled = CompiledTrainings.of(Path.of(OURS + "operations.opt"), "gpu");
        Products none = (_, _, product, _) -> {
            throw new AssertionError(product);
        };
        try (var steps = new AgainstReference(
                compiled.reference("Operations"), compiled.on(new SequentialJava(none), "Operations"), 65)) {
            steps.train(65);
            steps.compareStates();
        }
    }
}
