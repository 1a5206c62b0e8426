package org.descentlang.runtime.kernel.window;

import java.util.ArrayList;
import java.util.List;

/**
 * Pixels of a row with the same taps: all but those near the ends.
 *
 * @param to the first one
 * @param toStep to the next one
 * @param pixels how many there are
 * @param reach of the first one
 * @param readStep from what a pixel reads to what the next one does
 */
record Stretch(int to, int toStep, int pixels, Reach reach, int readStep) {
    static List<Stretch> ofPositions(Along along) {
        var stretches = new ArrayList<Stretch>();
        for (int position = 0, length; position < along.positions(); position += length) {
            Reach reach = Reach.ofPosition(along, position);
            length = 1;
            while (position + length < along.positions()
                    && Reach.ofPosition(along, position + length).hasTapsOf(reach)) {
                length++;
            }
            stretches.add(new Stretch(position, 1, length, reach, along.stride()));
        }
        return stretches;
    }

    /** For each shift within a stride others. */
    static List<Stretch> ofInputs(Along along) {
        var stretches = new ArrayList<Stretch>();
        for (int shift = 0; shift < along.stride(); shift++) {
            int length;
            for (int input = shift; input < along.input(); input += length * along.stride()) {
                Reach reach = Reach.ofInput(along, input);
                length = 1;
                while (input + length * along.stride() < along.input()
                        && Reach.ofInput(along, input + length * along.stride()).hasTapsOf(reach)) {
                    length++;
                }
                stretches.add(new Stretch(input, along.stride(), length, reach, 1));
            }
        }
        return stretches;
    }
}
