package org.descentlang.runtime.kernel.window;

import java.util.stream.IntStream;
import org.descentlang.runtime.thread.Team;

/** Where the largest element of each window lies: the first one if several are equal, or not a number. */
public final class WindowMaximum {
    /** Comparisons from which on another thread pays. */
    private static final int PART = 1 << 13;

    private final Workshop workshop;
    private final Windows windows;
    private final Stretch[] stretches;
    private final Reach[] planes;
    private final Reach[] inner;
    private final Team.Task part = this::runPart;

    // The call at hand.
    private int rows;
    private int parts;
    private float[] x = new float[0];
    private int xAt;
    private int[] result = new int[0];
    private int resultAt;

    public WindowMaximum(Workshop workshop, Windows windows) {
        this.workshop = workshop;
        this.windows = windows;
        this.stretches = Stretch.ofPositions(windows.last()).toArray(Stretch[]::new);
        this.planes = reaches(windows.first());
        this.inner = reaches(windows.second());
    }

    private static Reach[] reaches(Along along) {
        return IntStream.range(0, along.positions())
                .mapToObj(position -> Reach.ofPosition(along, position))
                .toArray(Reach[]::new);
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
        parts = Math.clamp(work / PART, 1, Math.clamp(rows, 1, workshop.team().threads()));
        workshop.team().run(part, parts);
    }

    private void runPart(int number) {
        int end = (int) ((long) rows * (number + 1) / parts);
        for (int row = (int) ((long) rows * number / parts); row < end; row++) {
            find(row);
        }
    }

    private void find(int row) {
        int channels = windows.channels();
        int exampleAt = xAt + row / windows.positionRows() * windows.inputSize();
        int inExample = row % windows.positionRows();
        Reach plane = planes[inExample / windows.second().positions()];
        Reach line = inner[inExample % windows.second().positions()];
        int pixels = windows.last().input();
        int inPlane = windows.second().input() * pixels;
        int first = plane.read() * inPlane + line.read() * pixels;
        int at = resultAt + row * windows.last().positions() * channels;
        for (Stretch stretch : stretches) {
            Reach reach = stretch.reach();
            workshop.channels()
                    .largest(
                            stretch.pixels(),
                            channels,
                            x,
                            exampleAt,
                            first + reach.read(),
                            stretch.readStep(),
                            plane.count(),
                            plane.readStep() * inPlane,
                            line.count(),
                            line.readStep() * pixels,
                            reach.count(),
                            reach.readStep(),
                            result,
                            at + stretch.to() * channels);
        }
    }
}
