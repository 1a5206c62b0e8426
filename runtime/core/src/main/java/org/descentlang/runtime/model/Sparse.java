package org.descentlang.runtime.model;

import java.util.Arrays;
import org.descentlang.description.ParameterDescription;
import org.descentlang.runtime.random.Philox;
import org.descentlang.runtime.random.Stream;

/** Units with few inputs each (Martens: Deep learning via Hessian-free optimization, 2010, section 5). */
final class Sparse {
    private Sparse() {}

    /** Element i of the stream says at which row a unit's next input is, and further on which number it has. */
    static void fill(long seed, long draw, ParameterDescription parameter, int kept, double deviation, float[] values) {
        int from = parameter.offset();
        int units = parameter.shape().getLast();
        int inputs = parameter.count() / units;
        Arrays.fill(values, from, from + parameter.count(), 0);
        int[] rows = new int[inputs];
        for (int unit = 0; unit < units; unit++) {
            Arrays.setAll(rows, i -> i);
            for (int i = 0; i < Math.min(kept, inputs); i++) {
                long at = (long) unit * inputs + i;
                int other = i + (int) (Philox.uniform(seed, draw, Stream.INITIALIZER, at) * (inputs - i));
                int row = rows[other];
                rows[other] = rows[i];
                rows[i] = row;
                float normal = Philox.normal(seed, draw, Stream.INITIALIZER, at + 2L * parameter.count());
                values[from + row * units + unit] = (float) (deviation * normal);
            }
        }
    }
}
