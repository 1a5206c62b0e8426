package org.descentlang.runtime.training;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.UserException;

/**
 * The complete state of a run between two steps: its position, the arrays of its step, the best so far, what its
 * conditions remember, its reports. A run that continues from it has the same bits as one that never stopped. The order
 * of the examples and the random numbers follow from the seed and the number of the step, so they are not stored.
 *
 * <p>Each {@link RunPart} writes named values and reads them again. {@link #save} and {@link #load} keep it in a file.
 */
public final class RunState {
    /** What is kept under a name. */
    sealed interface Value {
        record Longs(long[] values) implements Value {}

        record Doubles(double[] values) implements Value {}

        record Floats(float[] values) implements Value {}

        /** UTF-8. */
        record Text(byte[] values) implements Value {}
    }

    private final Map<String, Value> values = new LinkedHashMap<>();

    RunState() {}

    /** Writes a temporary file first, so that there is always either the old file or the complete new one. */
    public void save(Path path) {
        RunStateFile.save(path, this);
    }

    /**
     * @param description of the training it belongs to: nothing is read that does not fit it
     * @throws UserException if there is no such file, it is damaged, or it belongs to another training
     */
    public static RunState load(Path path, TrainingDescription description) {
        return RunStateFile.load(path, description);
    }

    Map<String, Value> values() {
        return Collections.unmodifiableMap(values);
    }

    void put(String name, Value value) {
        values.put(name, value);
    }

    void put(String name, long... numbers) {
        values.put(name, new Value.Longs(numbers.clone()));
    }

    void put(String name, double... numbers) {
        values.put(name, new Value.Doubles(numbers.clone()));
    }

    /** Not copied. */
    void put(String name, float[] numbers) {
        values.put(name, new Value.Floats(numbers));
    }

    void put(String name, String text) {
        values.put(name, new Value.Text(text.getBytes(StandardCharsets.UTF_8)));
    }

    void put(String name, TrainingState state) {
        put(name + ".parameters", state.parameters());
        put(name + ".states", state.states());
        put(name + ".running", state.running());
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** @param count how many there must be */
    long[] longs(String name, int count) {
        return values.get(name) instanceof Value.Longs(long[] found) && found.length == count
                ? found
                : missing(name, count + " whole numbers");
    }

    double[] doubles(String name, int count) {
        double[] found = doubles(name);
        return found.length == count ? found : missing(name, count + " numbers");
    }

    double[] doubles(String name) {
        return values.get(name) instanceof Value.Doubles(double[] found) ? found : missing(name, "numbers");
    }

    String text(String name) {
        return values.get(name) instanceof Value.Text(byte[] found)
                ? new String(found, StandardCharsets.UTF_8)
                : missing(name, "text");
    }

    /** Fills {@code state}. */
    void get(String name, TrainingState state) {
        copy(name + ".parameters", state.parameters());
        copy(name + ".states", state.states());
        copy(name + ".running", state.running());
    }

    private void copy(String name, float[] target) {
        float[] found = values.get(name) instanceof Value.Floats(float[] numbers) && numbers.length == target.length
                ? numbers
                : missing(name, target.length + " numbers");
        System.arraycopy(found, 0, target, 0, target.length);
    }

    private static <T> T missing(String name, String what) {
        throw new UserException("The state of the run lacks " + what + " for " + name);
    }
}
