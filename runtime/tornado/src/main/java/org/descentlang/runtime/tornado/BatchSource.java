package org.descentlang.runtime.tornado;

import java.util.List;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** How the examples of a batch come to where programs on the device read them. */
sealed interface BatchSource permits SentBatches, KeptExamples {
    /** What it has on the device beside the inputs of the programs. */
    List<Object> arrays();

    /** What comes from the host for each batch, once it is {@link #ready}. */
    List<Object> uploads();

    /** Makes a batch ready to be uploaded. */
    void ready();

    /** Uses its arrays and changes nothing. */
    void touch(TaskGraph graph);

    /** Makes of what was uploaded the inputs of the programs. */
    void addTo(TaskGraph graph);

    /** @param steps for so many batches, or for fewer where they would take too much memory */
    Queue queue(int steps);

    /** Batches of several steps, which go to the device together. */
    interface Queue {
        /** How many batches there is room for. */
        int capacity();

        /** What comes from the host for all of them. */
        List<Object> arrays();

        /** Copies the batch that is ready. */
        void add(int step);

        /** Uses its arrays and changes nothing. */
        void touch(TaskGraph graph);

        /**
         * Makes the inputs and the numbers of a step.
         *
         * @param next which step it is
         */
        void take(TaskGraph graph, IntArray next, DoubleArray numbersOfSteps, DoubleArray numbers);
    }
}
