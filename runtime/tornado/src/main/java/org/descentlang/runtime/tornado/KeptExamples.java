package org.descentlang.runtime.tornado;

import static org.descentlang.runtime.tornado.DeviceArrays.floats;
import static org.descentlang.runtime.tornado.DeviceArrays.ints;

import java.util.List;
import org.descentlang.description.FieldDescription;
import org.descentlang.runtime.data.DataSet;
import org.descentlang.runtime.data.DataSet.Integers;
import org.descentlang.runtime.data.DataSet.Numbers;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The device has all examples, and the host sends the numbers of those of a batch. An example is a row of floats and a
 * row of whole numbers, in which the fields follow one another.
 */
final class KeptExamples implements BatchSource {
    private final ExampleSize size;
    private final FloatArray floatRows;
    private final IntArray intRows;
    /**
     * Of each column, how far behind the column itself the value of a batch's first example goes, and how far apart
     * those of the others are. A kernel adds the column itself: so TornadoVM sees that neighbours write neighbours.
     */
    private final IntArray places;

    private final IntArray batch;
    private final FloatArray floatInputs;
    private final IntArray intInputs;

    /** @param rows that the inputs have room for: the most of a batch */
    KeptExamples(DataSet data, List<FieldDescription> fields, int rows, FloatArray floatInputs, IntArray intInputs) {
        this.floatInputs = floatInputs;
        this.intInputs = intInputs;
        size = ExampleSize.of(fields);
        floatRows = floats(data.examples() * size.floats());
        intRows = ints(data.examples() * size.ints());
        places = ints(2 * (size.floats() + size.ints()));
        batch = ints(rows);
        int floatColumn = 0;
        int intColumn = 0;
        for (FieldDescription field : fields) {
            switch (data.field(field.name())) {
                case Numbers numbers -> {
                    place(0, floatColumn, field, rows);
                    copy(data.examples(), numbers, floatColumn);
                    floatColumn += field.width();
                }
                case Integers integers -> {
                    place(size.floats(), intColumn, field, rows);
                    copy(data.examples(), integers, intColumn);
                    intColumn += field.width();
                }
            }
        }
    }

    /**
     * @param first of the columns of its kind
     * @param rows that the inputs have room for
     */
    private void place(int first, int column, FieldDescription field, int rows) {
        for (int i = 0; i < field.width(); i++) {
            places.set(2 * (first + column + i), field.offset(rows) - column);
            places.set(2 * (first + column + i) + 1, field.width());
        }
    }

    private void copy(int examples, Numbers field, int column) {
        int width = field.width();
        for (int i = 0; i < examples * width; i++) {
            floatRows.set(i / width * size.floats() + column + i % width, field.values()[i]);
        }
    }

    private void copy(int examples, Integers field, int column) {
        int width = field.width();
        for (int i = 0; i < examples * width; i++) {
            intRows.set(i / width * size.ints() + column + i % width, field.values()[i]);
        }
    }

    /** The batch to come: examples {@code order[from]}, …. */
    void take(int[] order, int from, int rows) {
        for (int row = 0; row < rows; row++) {
            batch.set(row, order[from + row]);
        }
    }

    @Override
    public List<Object> arrays() {
        return List.of(floatRows, intRows, places, batch);
    }

    @Override
    public List<Object> uploads() {
        return List.of(batch);
    }

    @Override
    public void ready() {
        // Since it was taken.
    }

    @Override
    public void touch(TaskGraph graph) {
        graph.task("touchExamples", ExampleKernels::touch, floatRows, intRows, places, batch);
    }

    @Override
    public void addTo(TaskGraph graph) {
        graph.task(
                "gather",
                ExampleKernels::gather,
                batch,
                floatRows,
                intRows,
                places,
                floatInputs,
                intInputs,
                size.floats(),
                size.ints(),
                Math.max(size.floats(), size.ints()),
                batch.getSize());
    }

    @Override
    public BatchSource.Queue queue(int steps) {
        return new Queue(Math.clamp(Integer.MAX_VALUE / batch.getSize(), 1, steps));
    }

    private final class Queue implements BatchSource.Queue {
        private final int capacity;
        private final IntArray batchesOfSteps;

        Queue(int capacity) {
            this.capacity = capacity;
            batchesOfSteps = ints(capacity * batch.getSize());
        }

        @Override
        public int capacity() {
            return capacity;
        }

        @Override
        public List<Object> arrays() {
            return List.of(batchesOfSteps);
        }

        @Override
        public void add(int step) {
            for (int row = 0; row < batch.getSize(); row++) {
                batchesOfSteps.set(step * batch.getSize() + row, batch.get(row));
            }
        }

        @Override
        public void touch(TaskGraph graph) {
            graph.task("touchBatches", ExampleKernels::touchBatches, batchesOfSteps);
        }

        @Override
        public void take(TaskGraph graph, IntArray next, DoubleArray numbersOfSteps, DoubleArray numbers) {
            graph.task(
                    "take",
                    ExampleKernels::take,
                    next,
                    numbersOfSteps,
                    numbers,
                    batchesOfSteps,
                    floatRows,
                    intRows,
                    places,
                    floatInputs,
                    intInputs,
                    size.floats(),
                    size.ints(),
                    Math.max(numbers.getSize(), Math.max(size.floats(), size.ints())),
                    batch.getSize());
        }
    }
}
