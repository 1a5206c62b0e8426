package org.descentlang.compiler.emit.kernel;

import com.palantir.javapoet.MethodSpec;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.emit.text.ScalarNames;
import org.descentlang.compiler.plan.Affine;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Slab;

/**
 * What a kernel calls the values that it reads and writes. They lie at literal positions, but for places that have a
 * parameter: those in which kernels that share a method differ.
 *
 * @param starts names of parameters by place, in their order
 */
record Operands(Plan plan, ScalarNames scalars, Map<Place, String> starts) {
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
        String start = starts.get(place);
        if (start == null) {
            return Positions.text(position, place.offset(), shifted, shift);
        }
        String further = Positions.text(position, Offset.ZERO, shifted, shift);
        return further.equals("0") ? start : start + " + " + further;
    }

    /** Whether literal positions depend on the largest number of rows. */
    boolean needCapacity(Collection<Integer> values) {
        return values.stream()
                .map(plan::place)
                .anyMatch(place -> !starts.containsKey(place) && !place.offset().isFixed());
    }

    /** Adds the arrays to a method's parameters, each with the positions in it. */
    void declare(MethodSpec.Builder method, Collection<Slab> slabs) {
        for (Slab slab : slabs) {
            method.addParameter(slab.isFloats() ? float[].class : int[].class, slab.text());
            starts.forEach((place, name) -> {
                if (place.slab() == slab) {
                    method.addParameter(int.class, name);
                }
            });
        }
    }

    List<Place> places() {
        return List.copyOf(starts.keySet());
    }
}
