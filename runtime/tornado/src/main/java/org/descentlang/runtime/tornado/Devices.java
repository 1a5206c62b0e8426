package org.descentlang.runtime.tornado;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.descentlang.runtime.UserException;
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
    }

    private Devices() {}

    /** @throws UserException if this JVM was not started for TornadoVM */
    public static List<Device> all() {
        var found = new ArrayList<Device>();
        try {
            TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();
            for (int backend = 0; backend < runtime.getNumBackends(); backend++) {
                TornadoBackend drivers = runtime.getBackend(backend);
                for (int number = 0; number < drivers.getNumDevices(); number++) {
                    found.add(new Device(backend, number, drivers.getDevice(number)));
                }
            }
        } catch (TornadoAPIException notThere) {
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
        List<Device> all = all();
        Optional<Device> found = all.stream()
                .filter(device -> switch (wanted) {
                    case "gpu" -> device.isGpu();
                    case "fpga" -> device.isFpga();
                    default -> device.name().equals(wanted);
                })
                .findFirst();
        return found.orElseThrow(() -> new UserException(missing(wanted, all)));
    }

    private static String missing(String wanted, List<Device> all) {
        String there = all.isEmpty()
                ? "TornadoVM finds no device at all: install a driver (OpenCL or CUDA)"
                : "there is\n"
                        + all.stream()
                                .map(device -> "  " + device.description())
                                .collect(Collectors.joining("\n"));
        return "there is no device " + wanted + "; " + there;
    }
}
