package org.descentlang.runtime.device;

import java.util.List;
import java.util.ServiceLoader;

/** A runtime for devices; `runtime/tornado` is one, found as a service when it is on the class path. */
public interface DeviceProvider {
    /** In the order of their names. */
    List<DeviceDescription> devices();

    /** Those of all runtimes on the class path. */
    static List<DeviceDescription> all() {
        return ServiceLoader.load(DeviceProvider.class).stream()
                .flatMap(provider -> provider.get().devices().stream())
                .toList();
    }
}
