package org.descentlang.runtime.kernel;

/**
 * A program as kernels in order, over memory that it shares with others. Generated classes extend it; their kernels
 * read what it knows.
 */
public abstract class HostProgram<M> {
    public final M memory;

    /** The most rows of a batch. */
    public final int capacity;

    /** Those of the current batch. */
    public int rows;

    protected HostProgram(M memory, int capacity) {
        this.memory = memory;
        this.capacity = capacity;
    }

    /** Runs it over the first rows of a batch. */
    public final void run(int rowsOfBatch) {
        rows = rowsOfBatch;
        run();
    }

    protected abstract void run();
}
