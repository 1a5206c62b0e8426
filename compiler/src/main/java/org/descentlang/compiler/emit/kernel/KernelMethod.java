package org.descentlang.compiler.emit.kernel;

import com.palantir.javapoet.MethodSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Slab;
import org.descentlang.compiler.type.Dim;

/**
 * A method for a kernel and what a caller hands it, in this order.
 *
 * @param slabs arrays, each followed by positions in it
 * @param starts places whose positions are parameters
 * @param hosts the host's scalars
 * @param capacity whether it needs the largest number of rows, on which places depend
 * @param rows whether it needs the number of rows at hand
 * @param scratch memory of its own
 * @param split the loop of which it runs {@code from .. to - 1}, if it can be split
 * @param maps strides for which it needs an index map
 */
public record KernelMethod(
        MethodSpec method,
        List<Slab> slabs,
        List<Place> starts,
        List<Integer> hosts,
        boolean capacity,
        boolean rows,
        Scratch scratch,
        Optional<Split> split,
        Set<Long> maps) {
    /**
     * @param extent of the loop
     * @param turns of the loop in one call: few enough for HotSpot to see many calls, since it compiles what is called
     *     often long before it replaces a loop that runs
     */
    public record Split(Dim extent, long turns) {}

    /** With another text, which needs index maps for these strides. */
    KernelMethod with(MethodSpec other, Set<Long> otherMaps) {
        return new KernelMethod(other, slabs, starts, hosts, capacity, rows, scratch, split, otherMaps);
    }

    /** The same method for other values. */
    KernelMethod with(List<Place> otherStarts, List<Integer> otherHosts) {
        return new KernelMethod(method, slabs, otherStarts, otherHosts, capacity, rows, scratch, split, maps);
    }

    public String name() {
        return method.name();
    }
}
