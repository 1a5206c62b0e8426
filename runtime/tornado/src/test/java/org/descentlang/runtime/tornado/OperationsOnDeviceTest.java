package org.descentlang.runtime.tornado;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every operation and every kind of kernel, forward and backward, over batches of odd sizes: on the first device, as
 * the Java that kernels are, in the forms for GPUs, and in that for FPGAs.
 */
final class OperationsOnDeviceTest {
    private static final int[] SIZES = {1, 3, 7, 63, 64, 65, 1000, 65537};

    @ParameterizedTest
    @CsvSource({
        "Operations, 65537, gpu, device",
        "Operations, 65537, gpu, Java",
        "Kernels, 65537, gpu, device",
        "Kernels, 65537, gpu, groups",
        "Kernels, 65537, gpu, Java",
        "Wide, 65, gpu, groups",
        "Kernels, 65, fpga, device",
        "Images, 65, gpu, device",
        "Images, 65, gpu, Java",
        "Images, 65, fpga, device",
        "Metrics, 65, gpu, device",
        "Metrics, 65, gpu, groups",
        "Metrics, 65, gpu, Java"
    })
    void agree(String training, int largest, String form, String where) {
        var compiled =
                CompiledTrainings.of(Path.of("src/test/resources", training.toLowerCase(Locale.ROOT) + ".opt"), form);
        Device device = switch (where) {
            case "Java" -> new SequentialJava();
            case "groups" -> InGroups.first();
            default -> Devices.find("0:0");
        };
        try (var steps = new AgainstReference(compiled.reference(training), compiled.on(device, training), largest)) {
            for (int rows : SIZES) {
                if (rows <= largest) {
                    steps.train(rows);
                }
            }
            if (!training.equals("Operations")) {
                steps.evaluate(largest);
            }
            steps.compareStates();
            steps.repeats(largest);
        }
    }
}
