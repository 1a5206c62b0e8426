package org.descentlang.runtime.kernel.window;

import java.util.Arrays;
import java.util.List;
import org.descentlang.runtime.kernel.matrix.MatrixKernel;
import org.descentlang.runtime.thread.Team;

/**
 * The derivative with respect to filters: for each tap, a product of the inputs that it met, transposed, and
 * positions. Examples are divided into shares, as many for any number of threads; each is summed up for itself, and the
 * sums are added in their order.
 */
final class WeightGradient implements Convolution {
    private static final int MOST_SHARES = 8;

    /** Elements of all shares' sums. */
    private static final int MOST_SUMS = 1 << 21;

    private final Workshop workshop;
    private final MatrixKernel kernel;
    private final Windows windows;
    private final float[] x;
    private final float[] y;
    private final float[] w;
    private final boolean depthwise;
    private final Run[] runs;
    private final Padded padded;
    private final FilterOrder order;
    private final int scratchOfPart;
    private final int mostShares;
    private final Team.Task share = this::runShare;
    private final Team.Task adding = this::addUp;

    // The call at hand.
    private int examples;
    private int shares;
    private int parts;
    private int xAt;
    private int yAt;
    private int wAt;
    private float[] scratch;

    WeightGradient(Workshop workshop, Windows windows, float[] x, float[] y, float[] w) {
        this.workshop = workshop;
        this.kernel = workshop.kernel();
        this.windows = windows;
        this.x = x;
        this.y = y;
        this.w = w;
        this.depthwise = Convolution.isDepthwise(windows);
        List<Run> ofPositions = depthwise ? List.of() : Run.ofPositions(windows.last(), windows.groups() == 1);
        this.runs = ofPositions.toArray(Run[]::new);
        this.padded = Padded.of(windows.last().input(), windows.channels(), ofPositions);
        this.order = FilterOrder.natural(windows);
        this.scratchOfPart = padded.isNeeded() ? windows.inputRows() * padded.width() : 0;
        this.mostShares = Math.clamp(MOST_SUMS / windows.filterSize(), 1, MOST_SHARES);
        this.scratch = new float[0];
    }

    @Override
    public void run(int rows, int firstAt, int secondAt, int resultAt) {
        examples = rows;
        xAt = firstAt;
        yAt = secondAt;
        wAt = resultAt;
        long work = (long) rows * windows.positionRows() * windows.last().positions() * windows.filterSize();
        shares = Math.clamp(work / PART, 1, Math.clamp(rows, 1, mostShares));
        scratch = workshop.scratch().of((shares - 1) * windows.filterSize() + shares * scratchOfPart);
        workshop.team().run(share, shares);
        parts = shares == 1
                ? 0
                : Math.clamp(
                        windows.filterSize() / (int) PART, 1, workshop.team().threads());
        workshop.team().run(adding, parts);
    }

    private void addUp(int number) {
        int size = windows.filterSize();
        int from = (int) ((long) size * number / parts);
        int end = (int) ((long) size * (number + 1) / parts);
        for (int next = 0; next < shares - 1; next++) {
            int at = next * size;
            for (int i = from; i < end; i++) {
                w[wAt + i] += scratch[at + i];
            }
        }
    }

    private void runShare(int number) {
        int size = windows.filterSize();
        float[] sums = number == 0 ? w : scratch;
        int sumsAt = number == 0 ? wAt : (number - 1) * size;
        Arrays.fill(sums, sumsAt, sumsAt + size, 0);
        int own = (shares - 1) * size + number * scratchOfPart;
        int end = (int) ((long) examples * (number + 1) / shares);
        for (int example = (int) ((long) examples * number / shares); example < end; example++) {
            int xOf = xAt + example * windows.inputSize();
            int yOf = yAt + example * windows.positionsSize();
            if (padded.isNeeded()) {
                padded.copy(windows.inputRows(), x, xOf, scratch, own);
                add(scratch, own + padded.before() * padded.channels(), yOf, sums, sumsAt);
            } else {
                add(x, xOf, yOf, sums, sumsAt);
            }
        }
    }

    private void add(float[] from, int fromAt, int yOf, float[] sums, int sumsAt) {
        for (int tap = 0; tap < windows.outerTaps(); tap++) {
            int filters = sumsAt + tap * order.outer();
            for (int row = 0; row < windows.positionRows(); row++) {
                int read = windows.inputRow(row, tap);
                if (read != Along.NONE) {
                    int positions = yOf + row * windows.last().positions() * windows.units();
                    int source = fromAt + read * padded.width();
                    if (depthwise) {
                        correlate(from, source, positions, sums, filters);
                    } else {
                        addRow(from, source, positions, sums, filters);
                    }
                }
            }
        }
    }

    /** Each channel by itself, for each tap along the positions that meet no padding. */
    private void correlate(float[] from, int source, int positions, float[] sums, int filters) {
        int channels = windows.channels();
        Along along = windows.last();
        for (int k = 0; k < along.size(); k++) {
            int first = along.firstPosition(k);
            int count = along.endPosition(k) - first;
            if (count > 0) {
                workshop.channels()
                        .correlate(
                                count,
                                channels,
                                from,
                                source + along.element(first, k) * channels,
                                along.stride() * channels,
                                y,
                                positions + first * channels,
                                channels,
                                sums,
                                filters + k * channels);
            }
        }
    }

    private void addRow(float[] from, int source, int positions, float[] sums, int filters) {
        int channels = windows.channels();
        int channelsOfGroup = channels / windows.groups();
        int units = windows.units() / windows.groups();
        for (int group = 0; group < windows.groups(); group++) {
            for (Run run : runs) {
                kernel.multiply(
                        run.taps() * channelsOfGroup,
                        units,
                        run.count(),
                        from,
                        source + run.from() * channels + group * channelsOfGroup,
                        1,
                        run.fromStep() * channels,
                        y,
                        positions + group * units,
                        windows.units(),
                        sums,
                        filters + run.number() * order.inner() + group * order.group(),
                        windows.units(),
                        true,
                        workshop.tile());
            }
        }
    }
}
