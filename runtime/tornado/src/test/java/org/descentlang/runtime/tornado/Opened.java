package org.descentlang.runtime.tornado;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A device that tells which programs it was opened with. */
record Opened(Device device, Consumer<List<StepProgram>> listener) implements Device {
    @Override
    public Execution open(List<Object> shared, List<StepProgram> programs, Precision precision, boolean timed) {
        listener.accept(programs);
        return device.open(shared, programs, precision, timed);
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
