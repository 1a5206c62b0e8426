package org.descentlang.compiler.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts buffers into one array so that those whose lives overlap do not: first fit, in the order in which lives begin. */
final class Arena {
    /** A vector of 16 floats never straddles two buffers. */
    private static final long ALIGNMENT = 16;

    /** @param first the first step that needs the buffer; it is free again after step {@code last} */
    record Buffer(int value, long size, int first, int last) {}

    record Placed(Buffer buffer, long offset) {
        long end() {
            return offset + aligned(buffer.size);
        }

        boolean overlaps(Buffer other) {
            return buffer.first <= other.last && other.first <= buffer.last;
        }
    }

    private Arena() {}

    static List<Placed> place(List<Buffer> buffers) {
        var ordered = new ArrayList<>(buffers);
        ordered.sort(Comparator.comparingInt(Buffer::first).thenComparingInt(Buffer::value));
        var placed = new ArrayList<Placed>();
        for (Buffer buffer : ordered) {
            placed.add(new Placed(buffer, firstFit(buffer, placed)));
        }
        return placed;
    }

    static long size(List<Placed> placed) {
        return placed.stream().mapToLong(Placed::end).max().orElse(0);
    }

    static long aligned(long size) {
        return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static long firstFit(Buffer buffer, List<Placed> placed) {
        var alive = placed.stream()
                .filter(other -> other.overlaps(buffer))
                .sorted(Comparator.comparingLong(Placed::offset))
                .toList();
        long offset = 0;
        for (Placed other : alive) {
            if (offset + aligned(buffer.size) <= other.offset) {
                break;
            }
            offset = Math.max(offset, other.end());
        }
        return offset;
    }
}
