package org.descentlang.runtime.kernel;

/**
 * Where the first value that is not a finite number appears. A program hands it all its values as they are computed;
 * it looks at them only while a search is on.
 */
public final class FiniteSearch {
    private boolean on;
    private String found = "";

    public void begin() {
        on = true;
        found = "";
    }

    /** @return where in the source the first one comes from, or "" */
    public String end() {
        on = false;
        return found;
    }

    /** Looks at {@code count} values from {@code start}. */
    public void look(float[] values, int start, int count, String origin) {
        if (on && found.isEmpty() && !Finite.all(values, start, count)) {
            found = origin;
        }
    }

    public void look(double value, String origin) {
        if (on && found.isEmpty() && !Double.isFinite(value)) {
            found = origin;
        }
    }
}
