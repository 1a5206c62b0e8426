package org.descentlang.runtime.tornado;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Memory of a device that may be taken without need: half of it, and half of what this JVM may have, which holds
 * everything as well.
 *
 * @param bytes that are left
 */
public record DeviceMemory(long bytes) {
    private static final long SHARE = 2;
    private static final long KILOBYTE = 1000;

    /**
     * @param memory in bytes, as far as TornadoVM takes it
     * @param array the most bytes of one
     */
    static DeviceMemory of(long memory, long array) {
        long most = Math.min(memory, Runtime.getRuntime().maxMemory()) / SHARE;
        return new DeviceMemory(Math.min(most, array - 1));
    }

    /** Without that of arrays that have to be there. */
    DeviceMemory beside(List<? extends TornadoNativeArray> arrays) {
        long taken = arrays.stream()
                .mapToLong(array -> array.getNumBytesOfSegmentWithHeader())
                .sum();
        return new DeviceMemory(Math.max(0, bytes - taken));
    }

    /** Why so many examples cannot be kept; empty if they can. */
    Optional<String> missing(ExampleSize size, int examples) {
        if (size.bytes(examples) <= bytes && size.fitsArrays(examples)) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "the examples of every step are sent to the device: all %,d together take %,d kB, but it keeps at most %,d kB"
                        + " (docs/tornadovm.md)",
                examples,
                size.bytes(examples) / KILOBYTE,
                bytes / KILOBYTE));
    }
}
