package org.descentlang.runtime.tornado;

import org.descentlang.runtime.device.DeviceDescription;
import org.descentlang.runtime.device.DeviceDescription.Kind;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** A device that TornadoVM offers. */
public record Device(DeviceDescription description, TornadoDevice device) {
    /**
     * @param backend index, the first half of its name
     * @param number index within the backend, the second half
     */
    static Device of(int backend, int number, TornadoDevice device) {
        Kind kind = switch (device.getDeviceType()) {
            case GPU -> Kind.GPU;
            case FPGA, ACCELERATOR -> Kind.FPGA;
            case CPU, UNKNOWN, DEFAULT, CUSTOM, ALL -> Kind.CPU;
        };
        var description = new DeviceDescription(
                backend + ":" + number,
                kind,
                device.getPhysicalDevice().getDeviceName(),
                device.getTornadoVMBackend() + ", " + device.getPlatformName(),
                device.getMaxGlobalMemory(),
                device.getPhysicalDevice().getDeviceMaxComputeUnits(),
                device.getDeviceContext().isFP64Supported());
        return new Device(description, device);
    }
}
