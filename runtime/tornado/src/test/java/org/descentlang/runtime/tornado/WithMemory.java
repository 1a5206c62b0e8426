package org.descentlang.runtime.tornado;

import java.util.List;
import java.util.Optional;

/** A device that has another amount of memory for examples. */
record WithMemory(Device device, Optional<DeviceMemory> memory) implements Device {
    /** Where every batch comes from the host. */
    static Device none(Device device) {
        return new WithMemory(device, Optional.empty());
    }

    static Device of(long bytes, Device device) {
        return new WithMemory(device, Optional.of(new DeviceMemory(bytes)));
    }

    @Override
    public Execution open(List<Object> shared, List<StepProgram> programs, Precision precision, boolean timed) {
        return device.open(shared, programs, precision, timed);
    }

    @Override
    public boolean multipliesIn(Precision precision) {
        return device.multipliesIn(precision);
    }
}
