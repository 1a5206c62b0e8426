package org.descentlang.runtime.device;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.descentlang.runtime.UserException;

/**
 * What a `device` means among the devices that are there.
 *
 * @param runtime whether there is a runtime that could offer any
 * @param devices in the order of their names
 */
public record DeviceSearch(boolean runtime, List<DeviceDescription> devices) {
    /** Where nothing but the CPU is asked for. */
    public static final DeviceSearch NONE = new DeviceSearch(false, List.of());

    /**
     * Why a device was not found.
     *
     * @param title what is wrong
     * @param there what there is instead
     * @param help how to get it
     */
    public record Missing(String title, String there, String help) {
        @Override
        public String toString() {
            return title + ": " + there + "; " + help;
        }
    }

    public DeviceSearch {
        devices = List.copyOf(devices);
    }

    /**
     * The devices of all runtimes on the class path.
     *
     * @throws UserException if one of them cannot be used
     */
    public static DeviceSearch ofAll() {
        var runtimes = DeviceProvider.all();
        return new DeviceSearch(
                !runtimes.isEmpty(),
                runtimes.stream()
                        .flatMap(provider -> provider.devices().stream())
                        .toList());
    }

    /** Why there is nothing but the CPU, where that is so. */
    public Optional<String> nothing() {
        if (!devices.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(runtime ? "TornadoVM sees no device" : "TornadoVM was not found");
    }

    /**
     * The first that is meant and can train. An FPGA is found as `fpga` only, because its kernels have a form of their
     * own.
     */
    public Optional<DeviceDescription> find(String wanted) {
        return devices.stream()
                .filter(device -> device.is(wanted) && device.trains() && isFpga(device) == wanted.equals("fpga"))
                .findFirst();
    }

    private static boolean isFpga(DeviceDescription device) {
        return device.kind() == DeviceDescription.Kind.FPGA;
    }

    /** What `auto` stands for: a GPU if there is one. */
    public String automatic() {
        return find("gpu").map(DeviceDescription::name).orElse("cpu");
    }

    /** To be said of a device that {@link #find} does not find. */
    public Missing missing(String wanted) {
        if (devices.stream().anyMatch(device -> device.is(wanted) && isFpga(device) && device.trains())) {
            return new Missing(
                    "the device " + wanted + " is an FPGA",
                    "an FPGA needs its own form of kernels",
                    "use `device fpga`");
        }
        if (devices.stream().anyMatch(device -> device.is(wanted))) {
            return new Missing(
                    "the device " + wanted + " cannot train",
                    "it has no double precision, which sums need",
                    "`device auto` chooses one that can");
        }
        String title = "there is no device " + wanted;
        return nothing()
                .map(why -> new Missing(
                        title,
                        why + ", so there is only the CPU",
                        runtime
                                ? "install a driver for the device, so that `clinfo -l` or `nvidia-smi` lists it: "
                                        + "see docs/tornadovm.md"
                                : "install TornadoVM and a driver, and set TORNADOVM_HOME: see docs/tornadovm.md"))
                .orElseGet(() -> new Missing(
                        title,
                        "TornadoVM offers "
                                + devices.stream().map(DeviceSearch::line).collect(Collectors.joining("; ")),
                        "install the driver of the missing device: see docs/tornadovm.md"));
    }

    private static String line(DeviceDescription device) {
        return String.format(
                Locale.ROOT, "%s (%s, %s, %s)", device.name(), device.kind(), device.model(), device.driver());
    }
}
