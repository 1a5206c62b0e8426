package org.descentlang.runtime.tornado;

import java.util.List;
import org.descentlang.runtime.device.DeviceDescription;
import org.descentlang.runtime.device.DeviceProvider;

/** Tells the `descent` command which devices TornadoVM offers. */
public final class TornadoDevices implements DeviceProvider {
    @Override
    public List<DeviceDescription> devices() {
        return Devices.all().stream().map(InstalledDevice::description).toList();
    }
}
