package org.descentlang.runtime.tornado;

import java.util.ArrayList;
import java.util.List;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.device.DeviceSearch;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.exceptions.TornadoAPIException;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** The devices of this machine, as TornadoVM sees them. */
public final class Devices {
    static {
        // TornadoVM reads these once: no silent fallback to sequential Java, and NaN and infinity as everywhere else.
        System.setProperty("tornado.recover.bailout", "False");
        System.setProperty("tornado.opencl.compiler.flags", "-w");
        // Its buffer for a graph's instructions holds some 60 tasks unless it is told otherwise.
        System.setProperty("tornado.tvm.maxbytecodesize", "65536");
    }

    private Devices() {}

    /** @throws UserException if this JVM was not started for TornadoVM */
    static List<InstalledDevice> all() {
        var found = new ArrayList<InstalledDevice>();
        try {
            TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();
            for (int backend = 0; backend < runtime.getNumBackends(); backend++) {
                TornadoBackend drivers = runtime.getBackend(backend);
                for (int number = 0; number < drivers.getNumDevices(); number++) {
                    found.add(InstalledDevice.of(backend, number, drivers.getDevice(number)));
                }
            }
        } catch (TornadoAPIException | NoClassDefFoundError notThere) {
            throw new UserException(
                    "this JVM runs without TornadoVM: start it with java @$TORNADOVM_HOME/tornado-argfile");
        } catch (ExceptionInInitializerError error) {
            boolean none = error.getCause() instanceof TornadoBailoutRuntimeException
                    || error.getCause() instanceof TornadoRuntimeException;
            if (!none) {
                throw error;
            }
        }
        return found;
    }

    /**
     * The device of a `device` clause.
     *
     * @param wanted `gpu`, `fpga` or a name
     * @throws UserException if it is not there; says what is
     */
    public static Device find(String wanted) {
        List<InstalledDevice> all = all();
        var search =
                new DeviceSearch(all.stream().map(InstalledDevice::description).toList());
        var found = search.find(wanted)
                .orElseThrow(() -> new UserException(search.missing(wanted).toString()));
        return all.stream()
                .filter(device -> device.description().equals(found))
                .findFirst()
                .orElseThrow();
    }
}
