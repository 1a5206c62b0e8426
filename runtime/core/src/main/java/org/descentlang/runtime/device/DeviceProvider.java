package org.descentlang.runtime.device;

import java.util.List;
import java.util.ServiceLoader;
import org.descentlang.runtime.UserException;

/** A runtime for devices; `runtime/tornado` is one, found as a service when it is on the class path. */
public interface DeviceProvider {
    /**
     * In the order of their names.
     *
     * @throws UserException if the runtime cannot be used, with the cause; no device is no such case
     */
    List<DeviceDescription> devices();

    /** The runtimes on the class path. */
    static List<DeviceProvider> all() {
        return ServiceLoader.load(DeviceProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
