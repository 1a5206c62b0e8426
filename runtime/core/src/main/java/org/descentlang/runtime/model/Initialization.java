package org.descentlang.runtime.model;

import java.util.Arrays;
import java.util.List;
import org.descentlang.description.Initializer;
import org.descentlang.description.ParameterDescription;
import org.descentlang.description.RunningDescription;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.random.Philox;
import org.descentlang.runtime.random.Stream;

/**
 * First values of parameters and running state. A parameter's numbers depend on the seed and its own path, so another
 * layer beside it changes nothing for it.
 */
public final class Initialization {
    /** Below it hardly any normal number would be kept: 4 of 100 are here. */
    private static final double SMALLEST_CUT = 0.05;

    private Initialization() {}

    public static void fill(List<ParameterDescription> parameters, long seed, float[] values) {
        for (ParameterDescription parameter : parameters) {
            fill(parameter, seed, values);
        }
    }

    public static void fillRunning(List<RunningDescription> running, float[] values) {
        for (RunningDescription state : running) {
            Arrays.fill(values, state.offset(), state.offset() + state.count(), state.initial());
        }
    }

    private static void fill(ParameterDescription parameter, long seed, float[] values) {
        int from = parameter.offset();
        int count = parameter.count();
        long draw = Stream.draw(parameter.path());
        switch (parameter.initializer()) {
            case Initializer.Constant(double value) -> Arrays.fill(values, from, from + count, (float) value);
            case Initializer.Values(List<Double> given) -> {
                for (int i = 0; i < count; i++) {
                    values[from + i] = given.get(i).floatValue();
                }
            }
            case Initializer.Parts(List<Double> given) -> {
                int last = parameter.shape().getLast();
                for (int i = 0; i < count; i++) {
                    values[from + i] =
                            given.get(i % last / (last / given.size())).floatValue();
                }
            }
            case Initializer.Uniform(double low, double high) -> {
                Philox.fillUniform(seed, draw, Stream.INITIALIZER, 0, values, from, count);
                scale(values, from, count, low, high - low);
            }
            case Initializer.Normal(double mean, double deviation) -> {
                Philox.fillNormal(seed, draw, Stream.INITIALIZER, 0, values, from, count);
                scale(values, from, count, mean, deviation);
            }
            case Initializer.TruncatedNormal(double mean, double deviation, double cut) -> {
                fillTruncated(seed, draw, values, from, count, cut);
                scale(values, from, count, mean, deviation);
            }
            case Initializer.Identity(double gain) -> {
                int columns = parameter.shape().getLast();
                Arrays.fill(values, from, from + count, 0);
                for (int i = 0; i < Math.min(columns, count / columns); i++) {
                    values[from + i * columns + i] = (float) gain;
                }
            }
            case Initializer.Sparse(int kept, double deviation) ->
                Sparse.fill(seed, draw, parameter, kept, deviation, values);
            case Initializer.Orthogonal(double gain) ->
                Orthogonal.fill(seed, draw, parameter.shape(), gain, values, from);
        }
    }

    /** Takes the normals of the stream in order and leaves out those beyond {@code cut}. */
    private static void fillTruncated(long seed, long draw, float[] values, int from, int count, double cut) {
        if (!(cut >= SMALLEST_CUT)) {
            throw new UserException("A truncated normal distribution must be cut at %s or more deviations, not at %s"
                    .formatted(SMALLEST_CUT, cut));
        }
        long index = 0;
        for (int i = 0; i < count; index++) {
            float normal = Philox.normal(seed, draw, Stream.INITIALIZER, index);
            if (Math.abs(normal) <= cut) {
                values[from + i++] = normal;
            }
        }
    }

    private static void scale(float[] values, int from, int count, double shift, double factor) {
        for (int i = from; i < from + count; i++) {
            values[i] = (float) (shift + factor * values[i]);
        }
    }
}
