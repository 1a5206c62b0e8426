package org.descentlang.compiler.emit.kernel;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.emit.text.ScalarNames;
import org.descentlang.compiler.plan.Affine;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Slab;

/**
 * What a kernel calls the values that it reads and writes. Where kernels that share a method differ, places and numbers
 * are parameters.
 *
 * @param starts names of parameters by place, in their order
 * @param given numbers that are parameters
 */
record Operands(
        Plan plan, ScalarNames scalars, Frame frame, Places places, Map<Place, String> starts, Set<Integer> given) {
    Operands {
        starts = new LinkedHashMap<>(starts);
    }

    String scalar(int host) {
        return scalars.name(host);
    }

    Slab slab(int value) {
        return plan.place(value).slab();
    }

    String array(int value) {
        return slab(value).text();
    }

    /**
     * @param position after the value's first element
     * @param shifted a loop variable that stands for itself plus {@code shift}
     */
    String position(int value, Affine position, int shifted, int shift) {
        Place place = plan.place(value);
        String start = starts.getOrDefault(place, places.of(value).orElse(""));
        if (start.isEmpty()) {
            return Positions.text(position, place.offset(), shifted, shift);
        }
        String further = Positions.text(position, Offset.ZERO, shifted, shift);
        return further.equals("0") ? start : start + " + " + further;
    }

    /** Whether positions depend on the largest number of rows. */
    boolean needCapacity(Collection<Integer> values) {
        return values.stream()
                .map(plan::place)
                .anyMatch(place -> !starts.containsKey(place) && !place.offset().isFixed());
    }

    List<Place> parameters() {
        return List.copyOf(starts.keySet());
    }
}
