package org.descentlang.runtime.tornado;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every rule and clip of the library, ten steps each on the first device: `updates.opt`. */
final class UpdatesOnDeviceTest {
    @TestFactory
    Stream<DynamicTest> agree() {
        var compiled = CompiledTrainings.of(Path.of("src/test/resources/updates.opt"), "gpu");
        Device device = Devices.find("0:0");
        return compiled.names().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    try (var steps = new AgainstReference(compiled.reference(name), compiled.on(device, name), 1)) {
                        for (int i = 0; i < 10; i++) {
                            steps.train(1);
                        }
                        steps.compareStates();
                    }
                }));
    }
}
