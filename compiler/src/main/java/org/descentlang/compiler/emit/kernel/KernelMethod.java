package org.descentlang.compiler.emit.kernel;

import com.palantir.javapoet.MethodSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.type.Dim;

/**
 * A method for a kernel and what a caller hands it, in this order, after its program.
 *
 * @param program in front of what it reads of its program
 * @param starts places that are parameters
 * @param together whether these are one array
 * @param hosts single numbers that are parameters
 * @param rows whether it needs the current number of rows
 * @param scratch memory of its own, by the part of the work that it is called for
 * @param split the loop of which it runs {@code from .. to - 1}, if it can be split
 * @param maps strides for which it needs an index map
 */
public record KernelMethod(
        MethodSpec method,
        String program,
        List<Place> starts,
        boolean together,
        List<Integer> hosts,
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

    /**
     * What a kernel hands the method that it shares.
     *
     * @param starts values that lie where the parameters say
     * @param hosts single numbers
     */
    public record Use(KernelMethod method, List<Integer> starts, List<Integer> hosts) {}

    /** With another text, which needs index maps for these strides. */
    KernelMethod with(MethodSpec other, Set<Long> otherMaps) {
        return new KernelMethod(other, program, starts, together, hosts, rows, scratch, split, otherMaps);
    }

    public String name() {
        return method.name();
    }
}
