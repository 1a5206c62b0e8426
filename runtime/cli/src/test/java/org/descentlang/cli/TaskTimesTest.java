package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.descentlang.compiler.plan.KernelSummary;
import org.descentlang.runtime.device.ProgramTime;
import org.descentlang.runtime.device.TaskTime;
import org.junit.jupiter.api.Test;

class TaskTimesTest {
    private static final TaskTimes TIMES = new TaskTimes(Map.of(
            "gradient1", new KernelSummary("matmul [batch, 4] [4, 2] to [batch, 2]", List.of("a.opt:3")),
            "gradient2", new KernelSummary("assemble 2 pieces", List.of("a.opt:4", "a.opt:7"))));
    private static final List<ProgramTime> GRADIENT = List.of(new ProgramTime(
            "gradient",
            100,
            10,
            0.5,
            List.of(
                    new TaskTime("gradient1", 6),
                    new TaskTime("gradient2Copy1", 1.5),
                    new TaskTime("gradientScalars1", 0.5))));

    @Test
    void aTableSaysWhatEachTaskComputesAndItsShare() {
        assertThat(TIMES.text(GRADIENT)).isEqualTo("""
                        gradient, mean of 100 runs: 3 tasks in 8.000 ms, transfers 0.500 ms, launching 1.500 ms, together 10.000 ms
                          gradient1         6.000 ms  75 %  matmul [batch, 4] [4, 2] to [batch, 2]  a.opt:3
                          gradient2Copy1    1.500 ms  19 %  assemble 2 pieces                       a.opt:4 and 1 more
                          gradientScalars1  0.500 ms   6 %
                        """);
    }

    @Test
    void jsonHasTheSame() {
        assertThat(TIMES.json(GRADIENT).getFirst().toString())
                .startsWith("{\"event\":\"tasks\",\"program\":\"gradient\",\"runs\":100,\"milliseconds\":10.0,")
                .contains("{\"task\":\"gradient2Copy1\",\"milliseconds\":1.5,"
                        + "\"computes\":\"assemble 2 pieces\",\"places\":\"a.opt:4 a.opt:7\"}");
    }
}
