package org.descentlang.compiler.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.descentlang.compiler.type.Dim;

/**
 * Puts buffers into one array so that those whose lives overlap do not: first fit, in the order in which lives begin.
 * Buffers whose size is a multiple of an unknown largest batch lie behind those of known size, in an arena of
 * multiples.
 *
 * @param offsets by value
 * @param size of the array
 */
record Arena(Map<Integer, Offset> offsets, Offset size) {
    /** A vector of 16 floats never straddles two buffers. */
    private static final long ALIGNMENT = 16;

    private static final int HIGHEST_POWER = 4;

    /** @param first the first step that needs the buffer; it is free again after step {@code last} */
    record Buffer(int value, Dim size, int first, int last) {
        /** The same memory for as long as another needs it. */
        Buffer until(Buffer other) {
            return new Buffer(value, size, first, other.last);
        }

        private long end(long offset) {
            return offset + aligned(size);
        }

        private boolean overlaps(Buffer other) {
            return first <= other.last && other.first <= last;
        }
    }

    private record Placed(Buffer buffer, long offset) {
        private long end() {
            return buffer.end(offset);
        }
    }

    static Arena of(List<Buffer> buffers) {
        var offsets = new HashMap<Integer, Offset>();
        Offset size = Offset.ZERO;
        for (int power = 0; power <= HIGHEST_POWER; power++) {
            List<Placed> placed = placed(buffers, power);
            for (Placed buffer : placed) {
                offsets.put(buffer.buffer.value, size.plus(new Dim(buffer.offset, power)));
            }
            long end = placed.stream().mapToLong(Placed::end).max().orElse(0);
            size = size.plus(new Dim(end, power));
        }
        return new Arena(offsets, size);
    }

    Offset offset(int value) {
        return Optional.ofNullable(offsets.get(value)).orElseThrow();
    }

    /** The size if no memory were used twice. */
    static Offset withoutReuse(List<Buffer> buffers) {
        Offset size = Offset.ZERO;
        for (Buffer buffer : buffers) {
            size = size.plus(new Dim(aligned(buffer.size), buffer.size.power()));
        }
        return size;
    }

    private static List<Placed> placed(List<Buffer> buffers, int power) {
        var placed = new ArrayList<Placed>();
        buffers.stream()
                .filter(buffer -> buffer.size.power() == power)
                .sorted(Comparator.comparingInt(Buffer::first).thenComparingInt(Buffer::value))
                .forEach(buffer -> placed.add(new Placed(buffer, firstFit(buffer, placed))));
        return placed;
    }

    private static long firstFit(Buffer buffer, List<Placed> placed) {
        var alive = placed.stream()
                .filter(other -> other.buffer.overlaps(buffer))
                .sorted(Comparator.comparingLong(Placed::offset))
                .toList();
        long offset = 0;
        for (Placed other : alive) {
            if (buffer.end(offset) <= other.offset) {
                break;
            }
            offset = Math.max(offset, other.end());
        }
        return offset;
    }

    private static long aligned(Dim size) {
        return size.isFixed() ? (size.factor() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT : size.factor();
    }
}
