package org.descentlang.runtime.tornado;

import java.util.Locale;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

/**
 * A device that TornadoVM offers.
 *
 * @param backend index, the first half of its name
 * @param number index within the backend, the second half
 */
public record Device(int backend, int number, TornadoDevice device) {
    /** What `device` and `--device` call it: `0:1`. */
    public String name() {
        return backend + ":" + number;
    }

    public boolean isGpu() {
        return device.getDeviceType() == TornadoDeviceType.GPU;
    }

    public boolean isFpga() {
        return device.getDeviceType() == TornadoDeviceType.ACCELERATOR;
    }

    /** A line for people. */
    public String description() {
        return String.format(
                Locale.ROOT,
                "%-5s %-11s %s, %s, %.1f GiB",
                name(),
                device.getDeviceType().toString().toLowerCase(Locale.ROOT),
                device.getPhysicalDevice().getDeviceName(),
                device.getTornadoVMBackend(),
                device.getMaxGlobalMemory() / (double) (1 << 30));
    }
}
