package org.descentlang.runtime.tornado;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Kernels as the Java methods that they are, one after another on one thread, without TornadoVM's compiler. */
final class SequentialJava implements Device {
    @Override
    public Execution open(List<Object> shared, List<StepProgram> programs) {
        Map<String, StepProgram> byName =
                programs.stream().collect(Collectors.toMap(StepProgram::name, Function.identity()));
        return new Execution() {
            @Override
            public void run(String program) {
                var graph = new RunningTaskGraph();
                byName.get(program).parts().forEach(part -> part.apply(graph));
            }

            @Override
            public void close() {}
        };
    }
}
