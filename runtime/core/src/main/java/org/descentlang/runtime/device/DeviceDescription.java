package org.descentlang.runtime.device;

import java.util.Locale;

/**
 * A device that trainings can run on, beside the CPU target.
 *
 * @param name what `device` and `--device` call it: `0:1`
 * @param model what its maker calls it
 * @param driver what it is reached by
 * @param memory in bytes
 * @param units that compute side by side
 * @param trains whether it has what trainings need: double precision
 */
public record DeviceDescription(
        String name, Kind kind, String model, String driver, long memory, int units, boolean trains) {
    public enum Kind {
        CPU,
        GPU,
        FPGA;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether a `device` means this one. */
    public boolean is(String wanted) {
        return switch (wanted) {
            case "gpu" -> kind == Kind.GPU;
            case "fpga" -> kind == Kind.FPGA;
            default -> name.equals(wanted);
        };
    }
}
