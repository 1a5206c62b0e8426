package org.descentlang.runtime.kernel.window;

import java.util.Arrays;
import org.descentlang.runtime.thread.Team;

/** Each channel by itself: positions from inputs, or inputs from positions. */
final class DepthwiseConvolution implements Convolution {
    private final Workshop workshop;
    private final Windows windows;
    private final boolean toInputs;
    private final float[] read;
    private final float[] w;
    private final float[] result;
    private final Stretch[] stretches;
    private final Team.Task part = this::runPart;

    // The call at hand.
    private int rows;
    private int parts;
    private int readAt;
    private int wAt;
    private int resultAt;

    DepthwiseConvolution(
            Workshop workshop, Windows windows, boolean toInputs, float[] read, float[] w, float[] result) {
        this.workshop = workshop;
        this.windows = windows;
        this.toInputs = toInputs;
        this.read = read;
        this.w = w;
        this.result = result;
        var all = toInputs ? Stretch.ofInputs(windows.last()) : Stretch.ofPositions(windows.last());
        this.stretches = all.toArray(Stretch[]::new);
    }

    @Override
    public void run(int examples, int firstAt, int secondAt, int resultPlace) {
        rows = examples * rowsOfExample();
        readAt = firstAt;
        wAt = secondAt;
        resultAt = resultPlace;
        long work = (long) examples * windows.positionRows() * windows.last().positions() * windows.filterSize();
        parts = Math.clamp(work / PART, 1, Math.clamp(rows, 1, workshop.team().threads()));
        workshop.team().run(part, parts);
    }

    private int rowsOfExample() {
        return toInputs ? windows.inputRows() : windows.positionRows();
    }

    private void runPart(int number) {
        int end = (int) ((long) rows * (number + 1) / parts);
        for (int row = (int) ((long) rows * number / parts); row < end; row++) {
            int example = row / rowsOfExample();
            int size = toInputs ? windows.positionsSize() : windows.inputSize();
            row(row, readAt + example * size);
        }
    }

    private void row(int row, int exampleAt) {
        int channels = windows.channels();
        int pixels = toInputs ? windows.last().input() : windows.last().positions();
        int pixelsRead = toInputs ? windows.last().positions() : windows.last().input();
        int at = resultAt + row * pixels * channels;
        boolean add = false;
        for (int tap = 0; tap < windows.outerTaps(); tap++) {
            int inExample = row % rowsOfExample();
            int from = toInputs ? windows.positionRow(inExample, tap) : windows.inputRow(inExample, tap);
            if (from != Along.NONE) {
                int filters = wAt + tap * windows.last().size() * channels;
                addRow(exampleAt + from * pixelsRead * channels, filters, at, add);
                add = true;
            }
        }
        if (!add) {
            Arrays.fill(result, at, at + pixels * channels, 0);
        }
    }

    private void addRow(int source, int filters, int at, boolean add) {
        int channels = windows.channels();
        for (Stretch stretch : stretches) {
            Reach reach = stretch.reach();
            workshop.channels()
                    .filter(
                            stretch.pixels(),
                            channels,
                            reach.count(),
                            read,
                            source + reach.read() * channels,
                            stretch.readStep() * channels,
                            reach.readStep() * channels,
                            w,
                            filters + reach.first() * channels,
                            reach.step() * channels,
                            result,
                            at + stretch.to() * channels,
                            stretch.toStep() * channels,
                            add);
        }
    }
}
