package org.descentlang.runtime.tornado;

import java.util.ArrayList;
import java.util.List;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.device.DeviceSearch;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.exceptions.TornadoAPIException;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** The devices of this machine, as TornadoVM sees them. */
public final class Devices {
    static {
        // TornadoVM reads these once: no silent fallback to sequential Java, and NaN and infinity as everywhere else.
        // Where its compiler finds that a constant is NaN, it writes Java's name for it, which OpenCL C does not have.
        System.setProperty("tornado.recover.bailout", "False");
        System.setProperty("tornado.opencl.compiler.flags", "-w -DNaNF=NAN -DNaN=(double)NAN");
        // Its buffer for a graph's instructions holds some 60 tasks unless it is told otherwise.
        System.setProperty("tornado.tvm.maxbytecodesize", "65536");
        // On all devices but processors it would turn nests of loops round, and neighbouring threads would be rows
        // apart in memory.
        System.setProperty("tornado.loop.interchange", "False");
    }

    private Devices() {}

    /** @throws UserException if this JVM was not started for TornadoVM, or TornadoVM does not start */
    static List<InstalledDevice> all() {
        try {
            return ofAllBackends();
        } catch (TornadoAPIException notThere) {
            throw FailedStart.withoutTornado();
        } catch (LinkageError error) {
            new FailedStart(error).requireNoDevice();
            return List.of();
        }
    }

    private static List<InstalledDevice> ofAllBackends() {
        var found = new ArrayList<InstalledDevice>();
        TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();
        for (int backend = 0; backend < runtime.getNumBackends(); backend++) {
            TornadoBackend drivers = runtime.getBackend(backend);
            for (int number = 0; number < drivers.getNumDevices(); number++) {
                found.add(InstalledDevice.of(backend, number, drivers.getDevice(number)));
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
        var search = new DeviceSearch(
                true, all.stream().map(InstalledDevice::description).toList());
        var found = search.find(wanted)
                .orElseThrow(() -> new UserException(search.missing(wanted).toString()));
        return all.stream()
                .filter(device -> device.description().equals(found))
                .findFirst()
                .orElseThrow();
    }
}
