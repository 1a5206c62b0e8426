package org.descentlang.runtime.tornado;

import java.util.List;
import java.util.Optional;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** A device as if it were a GPU without a library: its threads work in groups. */
record InGroups(TornadoDevice device) implements Device {
    static InGroups first() {
        return new InGroups(Devices.all().getFirst().device());
    }

    @Override
    public Execution open(List<Object> shared, List<StepProgram> programs, Precision precision, boolean timed) {
        return new DevicePlan(device, Optional.of(new TiledProducts()), shared, programs, timed);
    }

    @Override
    public Optional<DeviceMemory> memory() {
        return Devices.all().getFirst().memory();
    }

    @Override
    public boolean multipliesIn(Precision precision) {
        return precision == Precision.F32;
    }
}
