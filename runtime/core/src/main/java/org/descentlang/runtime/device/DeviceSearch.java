package org.descentlang.runtime.device;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a `device` means among the devices that are there.
 *
 * @param devices in the order of their names
 */
public record DeviceSearch(List<DeviceDescription> devices) {
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

    /** The devices of all runtimes on the class path. */
    public static DeviceSearch ofAll() {
        return new DeviceSearch(DeviceProvider.all());
    }

    /** The first that is meant and can train. An FPGA is found as `fpga` only, because its kernels have a form of their own. */
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
                    "its kernels have a form of their own",
                    "`device fpga` takes it");
        }
        if (devices.stream().anyMatch(device -> device.is(wanted))) {
            return new Missing(
                    "the device " + wanted + " cannot train",
                    "it has no double precision, in which sums are kept",
                    "`device auto` takes one that can");
        }
        String title = "there is no device " + wanted;
        return devices.isEmpty()
                ? new Missing(
                        title,
                        "TornadoVM is not there or sees no device, which leaves the CPU",
                        "install TornadoVM and a driver, and set TORNADOVM_HOME: see docs/tornadovm.md")
                : new Missing(
                        title,
                        "TornadoVM offers "
                                + devices.stream().map(DeviceSearch::line).collect(Collectors.joining("; ")),
                        "install the driver of the device that is missing: see docs/tornadovm.md");
    }

    private static String line(DeviceDescription device) {
        return String.format(
                Locale.ROOT, "%s (%s, %s, %s)", device.name(), device.kind(), device.model(), device.driver());
    }
}
