package org.descentlang.runtime.kernel.window;

import org.descentlang.runtime.thread.Team;

/** Where the largest element of each window lies: the first one if several are equal, or not a number. */
public final class WindowMaximum {
    /** Comparisons from which on another thread pays. */
    private static final int PART = 1 << 13;

    private final Team team;
    private final Windows windows;
    private final Team.Task part = this::runPart;

    // The call at hand.
    private int rows;
    private int parts;
    private float[] x = new float[0];
    private int xAt;
    private int[] result = new int[0];
    private int resultAt;

    public WindowMaximum(Team team, Windows windows) {
        this.team = team;
        this.windows = windows;
    }

    public void find(int examples, float[] from, int fromAt, int[] to, int toAt) {
        rows = examples * windows.positionRows();
        x = from;
        xAt = fromAt;
        result = to;
        resultAt = toAt;
        long work = (long) examples
                * windows.positionsSize()
                * windows.outerTaps()
                * windows.last().size();
        parts = Math.clamp(work / PART, 1, Math.clamp(rows, 1, team.threads()));
        team.run(part, parts);
    }

    private void runPart(int number) {
        int end = (int) ((long) rows * (number + 1) / parts);
        for (int row = (int) ((long) rows * number / parts); row < end; row++) {
            int positions = windows.last().positions();
            for (int position = 0; position < positions; position++) {
                find(row, position, resultAt + (row * positions + position) * windows.channels());
            }
        }
    }

    private void find(int row, int position, int at) {
        int example = row / windows.positionRows();
        int exampleAt = xAt + example * windows.inputSize();
        boolean first = true;
        for (int tap = 0; tap < windows.outerTaps(); tap++) {
            int inputRow = windows.inputRow(row % windows.positionRows(), tap);
            for (int k = 0; inputRow != Along.NONE && k < windows.last().size(); k++) {
                int element = windows.last().element(position, k);
                if (element != Along.NONE) {
                    compare(exampleAt, inputRow * windows.last().input() + element, at, first);
                    first = false;
                }
            }
        }
    }

    private void compare(int exampleAt, int input, int at, boolean first) {
        int channels = windows.channels();
        for (int channel = 0; channel < channels; channel++) {
            float next = x[exampleAt + input * channels + channel];
            float largest = first ? next : x[exampleAt + result[at + channel] * channels + channel];
            boolean larger = next > largest || Float.isNaN(next) && !Float.isNaN(largest);
            result[at + channel] = first || larger ? input : result[at + channel];
        }
    }
}
