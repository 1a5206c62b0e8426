package org.descentlang.runtime.kernel.window;

import java.util.Arrays;
import org.descentlang.runtime.thread.Team;

/** Elements of x [examples, length, channels] by their positions [examples, count, channels] along the middle axis. */
public final class PickedPositions {
    /** Elements from which on another thread pays. */
    private static final int PART = 1 << 13;

    private final Team team;
    private final int length;
    private final int count;
    private final int channels;
    private final Team.Task picking = this::pickPart;
    private final Team.Task puttingBack = this::putBackPart;

    // The call at hand.
    private int examples;
    private int parts;
    private float[] from = new float[0];
    private int fromAt;
    private int[] position = new int[0];
    private int positionAt;
    private float[] to = from;
    private int toAt;

    public PickedPositions(Team team, int length, int count, int channels) {
        this.team = team;
        this.length = length;
        this.count = count;
        this.channels = channels;
    }

    /** What is there; NaN for a position outside. */
    public void pick(int rows, float[] x, int xAt, int[] positions, int positionsAt, float[] result, int resultAt) {
        start(rows, x, xAt, positions, positionsAt, result, resultAt);
        team.run(picking, parts);
    }

    /** Sums of what belongs to each position. */
    public void putBack(
            int rows, int[] positions, int positionsAt, float[] updates, int updatesAt, float[] result, int resultAt) {
        start(rows, updates, updatesAt, positions, positionsAt, result, resultAt);
        team.run(puttingBack, parts);
    }

    private void start(
            int rows, float[] read, int readAt, int[] positions, int positionsAt, float[] result, int resultAt) {
        examples = rows;
        from = read;
        fromAt = readAt;
        position = positions;
        positionAt = positionsAt;
        to = result;
        toAt = resultAt;
        long work = (long) rows * (count + length) * channels;
        parts = Math.clamp(work / PART, 1, Math.clamp(rows, 1, team.threads()));
    }

    private int first(int part) {
        return (int) ((long) examples * part / parts);
    }

    private void pickPart(int part) {
        int end = first(part + 1);
        for (int example = first(part); example < end; example++) {
            int source = fromAt + example * length * channels;
            for (int i = 0; i < count; i++) {
                int at = (example * count + i) * channels;
                for (int channel = 0; channel < channels; channel++) {
                    int row = position[positionAt + at + channel];
                    boolean there = row >= 0 && row < length;
                    to[toAt + at + channel] = there ? from[source + row * channels + channel] : Float.NaN;
                }
            }
        }
    }

    private void putBackPart(int part) {
        int end = first(part + 1);
        for (int example = first(part); example < end; example++) {
            int target = toAt + example * length * channels;
            Arrays.fill(to, target, target + length * channels, 0);
            for (int i = 0; i < count; i++) {
                int at = (example * count + i) * channels;
                for (int channel = 0; channel < channels; channel++) {
                    int row = position[positionAt + at + channel];
                    if (row >= 0 && row < length) {
                        to[target + row * channels + channel] += from[fromAt + at + channel];
                    }
                }
            }
        }
    }
}
