package org.descentlang.runtime.tornado;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.descentlang.runtime.device.ProgramTime;
import uk.ac.manchester.tornado.api.TaskGraph;

/** Kernels as the Java methods that they are, one after another on one thread, without TornadoVM's compiler. */
final class SequentialJava implements Device {
    @Override
    public Execution open(List<Object> shared, List<StepProgram> programs, boolean timed) {
        Map<String, List<UnaryOperator<TaskGraph>>> parts = new HashMap<>();
        programs.forEach(program -> parts.put(program.name(), program.parts()));
        return new Execution() {
            @Override
            public void run(String program) {
                TaskGraph graph = new RunningTaskGraph();
                for (UnaryOperator<TaskGraph> part : parts.getOrDefault(program, List.of())) {
                    graph = part.apply(graph);
                }
            }

            @Override
            public List<ProgramTime> times() {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }
}
