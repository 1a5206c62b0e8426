package org.descentlang.runtime.tornado;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.descentlang.runtime.device.ProgramTime;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** A device that tells which programs ran, and what they uploaded. */
record Recorded(Device device, Consumer<Run> listener) implements Device {
    /** @param uploaded bytes */
    record Run(String program, long uploaded) {}

    @Override
    public Execution open(List<Object> shared, List<StepProgram> programs, Precision precision, boolean timed) {
        Execution inner = device.open(shared, programs, precision, timed);
        Map<String, Long> uploaded = new HashMap<>();
        programs.forEach(program -> uploaded.put(
                program.name(),
                program.uploads().stream()
                        .mapToLong(array -> ((TornadoNativeArray) array).getNumBytesOfSegment())
                        .sum()));
        return new Execution() {
            @Override
            public void run(String program, BatchSize size) {
                listener.accept(new Run(program, uploaded.getOrDefault(program, 0L)));
                inner.run(program, size);
            }

            @Override
            public List<ProgramTime> times() {
                return inner.times();
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }

    @Override
    public Optional<DeviceMemory> memory() {
        return device.memory();
    }

    @Override
    public boolean multipliesIn(Precision precision) {
        return device.multipliesIn(precision);
    }
}
