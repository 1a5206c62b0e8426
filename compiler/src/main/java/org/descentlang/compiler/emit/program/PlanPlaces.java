package org.descentlang.compiler.emit.program;

import java.util.Collection;
import java.util.Optional;
import org.descentlang.compiler.emit.kernel.Places;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Plan;

/**
 * Arrays and places of a plan's values in the text of its program.
 *
 * @param memory in front of an array
 */
record PlanPlaces(Plan plan, Places places, String memory) {
    String array(int value) {
        return array(plan.place(value));
    }

    String target(Kernel.Commit commit) {
        return array(commit.target());
    }

    private String array(Place place) {
        return memory + place.slab().text();
    }

    String at(int value) {
        return moved(
                places.of(value)
                        .orElseGet(() -> Positions.offset(plan.place(value).offset())),
                plan.place(value));
    }

    String at(int value, long further) {
        return moved(plus(places.of(value), plan.place(value).offset(), further), plan.place(value));
    }

    /** @param further elements after the first, as an expression */
    String at(int value, String further) {
        return plus(at(value), further);
    }

    String targetAt(Kernel.Commit commit, String further) {
        Optional<String> name = places.target(commit);
        String start = name.orElseGet(() -> Positions.offset(commit.target().offset()));
        return plus(moved(start, commit.target()), further);
    }

    boolean isMoving(int value) {
        return !plan.place(value).strides().isEmpty();
    }

    /** The array and where a value begins in it. */
    String start(int value) {
        return array(value) + ", " + at(value);
    }

    /** The same of what lies at a place: one of the values, if they are in memory under a name. */
    String start(Place place, Collection<Integer> values) {
        return values.stream()
                .filter(value -> plan.placeOf(value).equals(Optional.of(place)))
                .map(this::start)
                .findFirst()
                .orElseGet(() -> array(place) + ", " + moved(Positions.offset(place.offset()), place));
    }

    /** In the turn of a loop that is under way. */
    private static String moved(String start, Place place) {
        String text = start;
        for (Place.Stride stride : place.strides()) {
            String elements = Positions.size(stride.elements());
            text = plus(text, elements.equals("1") ? stride.counter() : elements + " * " + stride.counter());
        }
        return text;
    }

    private static String plus(Optional<String> name, Offset offset, long further) {
        return name.map(start -> plus(start, Long.toString(further)))
                .orElseGet(() -> Positions.offset(offset.plus(further)));
    }

    private static String plus(String start, String further) {
        return further.equals("0") ? start : start.equals("0") ? further : start + " + " + further;
    }
}
