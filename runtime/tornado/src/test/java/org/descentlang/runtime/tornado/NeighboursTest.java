package org.descentlang.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a GPU, threads that are neighbours write neighbours in memory, in every kernel that TornadoVM makes for it. */
final class NeighboursTest {
    @ParameterizedTest
    @CsvSource({"../../samples/benchmarks/src/main/opt/w1.opt, W1, 20", "src/test/resources/kernels.opt, Kernels, 20"})
    void writeNeighbours(Path file, String training, int least) throws IOException, InterruptedException {
        var kernels = VirtualGpu.kernels(file, training);
        assertThat(kernels).hasSizeGreaterThan(least).anyMatch(kernel -> kernel.dimensions() > 1);
        assertThat(kernels).extracting(PrintedKernel::name).contains("gather");
        assertThat(kernels).allSatisfy(kernel -> {
            if (kernel.dimensions() > 1) {
                assertThat(kernel.writes()).as(kernel.name()).isNotEmpty().allSatisfy(NeighboursTest::isCoalesced);
            }
        });
    }

    /**
     * Neighbours in x are apart by what a thread writes, a number or a tile of 8 numbers, and nearer than those in y
     * and z.
     */
    private static void isCoalesced(List<Long> apart) {
        assertThat(apart.getFirst()).isBetween(4L, 32L);
        assertThat(apart.subList(1, apart.size()))
                .allSatisfy(other ->
                        assertThat(other == 0 || other >= apart.getFirst()).isTrue());
    }
}
