package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.descentlang.compiler.diagnostic.Problems;
import org.junit.jupiter.api.Test;

/** What is emitted for TornadoVM of the same two small layers, as text. */
final class DeviceTextTest {
    @Test
    void kernels() {
        Golden.assertSame("SmallTrainingDeviceKernels.java.txt", text("gpu", "SmallTrainingDeviceKernels"));
    }

    @Test
    void kernelsOfOneWorkItem() {
        Golden.assertSame("SmallTrainingDeviceKernels.fpga.txt", text("fpga", "SmallTrainingDeviceKernels"));
    }

    @Test
    void step() {
        Golden.assertSame("SmallTrainingDeviceStep.java.txt", text("gpu", "SmallTrainingDeviceStep"));
    }

    @Test
    void program() {
        Golden.assertSame("SmallTrainingDeviceProgram.java.txt", text("gpu", "SmallTrainingDeviceProgram"));
    }

    @Test
    void theTrainingTakesADevice() {
        assertThat(text("0:1", "SmallTraining"))
                .contains("return program(\"0:1\");", "public static SmallTraining create(String device) {");
    }

    @Test
    void theTextIsTheSameEveryTime() {
        assertThat(emitted("gpu")).isEqualTo(emitted("gpu"));
    }

    private static String text(String device, String type) {
        return emitted(device).stream()
                .filter(file -> file.path().equals("samples/small/" + type + ".java"))
                .findFirst()
                .orElseThrow()
                .text();
    }

    private static List<JavaFile> emitted(String device) {
        return JavaEmitter.emit(SmallTraining.unit(7), _ -> device, new Problems());
    }
}
