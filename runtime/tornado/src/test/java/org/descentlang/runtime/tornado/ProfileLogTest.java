package org.descentlang.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.descentlang.runtime.device.ProgramTime;
import org.descentlang.runtime.device.TaskTime;
import org.junit.jupiter.api.Test;

final class ProfileLogTest {
    @Test
    void meansOverTheRunsOfAProgramWhoseGraphsAreTwo() {
        String log = run("gradient0", 5_000_000, "gradient0.sum", 1_000_000)
                + run("gradient1", 7_000_000, "gradient1.product", 4_000_000)
                + run("gradient0", 3_000_000, "gradient0.sum", 2_000_000)
                + run("gradient1", 1_000_000, "gradient1.product", 2_000_000);
        assertThat(ProfileLog.read(log))
                .containsExactly(new ProgramTime(
                        "gradient", 2, 8.0, 2.0, List.of(new TaskTime("product", 3.0), new TaskTime("sum", 1.5))));
    }

    @Test
    void whatIsNeitherComputingNorMovingIsLaunching() {
        var time = ProfileLog.read(run("update0", 5_000_000, "update0.step", 3_000_000))
                .getFirst();
        assertThat(time.computing()).isEqualTo(3.0);
        assertThat(time.launching()).isEqualTo(1.0);
    }

    /** As TornadoVM writes it, with half a millisecond each for what goes to the device and what comes back. */
    private static String run(String graph, long total, String task, long kernel) {
        return """
                {
                    "%s": {
                        "TOTAL_TASK_GRAPH_TIME": "%d",
                        "COPY_OUT_TIME": "500000",
                        "COPY_IN_TIME": "500000",
                        "%s": {
                            "METHOD": "Kernels.%s",
                            "POWER_USAGE_mW": "n/a",
                            "TASK_KERNEL_TIME": "%d"
                        }
                    }
                }
                """.formatted(graph, total, task, task, kernel);
    }
}
