package org.descentlang.runtime.training;

import java.util.List;
import java.util.Set;
import org.descentlang.description.FieldDescription;
import org.descentlang.description.ProgramRole;
import org.descentlang.description.ScheduleDescription;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.data.DataSet;

/**
 * Memory, and programs that work on it: one `train` of an `.opt` file on one target. Generated classes implement it for
 * the CPU and for TornadoVM, and so does the reference evaluator. An {@link UpdateProcedure} decides which program runs
 * when.
 *
 * <p>Examples go into {@link #floatInputs} and {@link #intInputs} before a program runs, unless the step keeps the data
 * itself. Nothing is allocated by a program after the first few runs.
 */
public interface TrainingStep extends AutoCloseable {
    TrainingDescription description();

    /** The number of rows that the inputs have room for: the largest batch, or more. */
    int capacity();

    /** Settings of the `.opt` file that have no effect here. */
    default List<String> warnings() {
        return List.of();
    }

    /** The programs that exist; {@link ProgramRole#GRADIENT}, UPDATE and EVALUATION always do. */
    Set<ProgramRole> roles();

    /**
     * Runs a program.
     *
     * @param rows the number of examples, taken from the start of the inputs; at least 1 even for a program that uses
     *     none
     * @return its results, one after another; valid until the next program runs
     */
    double[] run(ProgramRole role, int rows, StepScalars scalars);

    /** Where fields of floating point go: {@link FieldDescription#offset} by {@link #capacity}, and row times width. */
    float[] floatInputs();

    /** Where fields of whole numbers go, likewise. */
    int[] intInputs();

    /**
     * Offers the data of the run, before any other call that changes or runs something. A step whose memory is not that
     * of this process may copy them there, once.
     *
     * @return whether it did: then batches are selected by {@link #take} instead of being copied to the inputs
     */
    default boolean keep(DataSet data) {
        return false;
    }

    /** Selects the next batch: examples {@code order[from]}, … of the data that the step keeps. */
    default void take(int[] order, int from, int rows) {
        throw new UnsupportedOperationException();
    }

    /** Copies an array to {@code target}. */
    void read(StepArray array, float[] target);

    /** Copies {@code source} to an array. */
    void write(StepArray array, float[] source);

    /**
     * Adds the gradients to a sum that is kept beside them.
     *
     * @param weight what they are multiplied with before
     * @param first whether the sum begins with them, unweighted
     */
    void sumGradients(double weight, boolean first);

    /** Makes the gradients {@code scale} times the sum. */
    void averageGradients(double scale);

    /** Takes over parameters, optimizer state and running state. */
    default void load(TrainingState state) {
        write(StepArray.PARAMETERS, state.parameters());
        write(StepArray.STATES, state.states());
        write(StepArray.RUNNING, state.running());
    }

    /** Copies parameters, optimizer state and running state into {@code state}. */
    default void save(TrainingState state) {
        read(StepArray.PARAMETERS, state.parameters());
        read(StepArray.STATES, state.states());
        read(StepArray.RUNNING, state.running());
    }

    /** How many steps may be queued before {@link #losses} is called; 1 if there is no queue. */
    default int queueLength() {
        return 1;
    }

    /**
     * Runs {@link ProgramRole#STEP}, at the latest when {@link #losses} is called. The inputs and scalars may change
     * after this call. Nothing else is called before {@code losses}.
     */
    default void queue(int rows, StepScalars scalars) {
        throw new UnsupportedOperationException();
    }

    /**
     * Waits for the steps in the queue, and empties it.
     *
     * @param losses receives their losses, in order
     */
    default void losses(double[] losses) {
        throw new UnsupportedOperationException();
    }

    /**
     * The value of a scheduled hyperparameter.
     *
     * @param base its own value
     * @param t updates made in this segment; skipped steps make none
     * @param durations in updates, as {@link ScheduleDescription.Segment#durations} lists them
     */
    double scheduled(int schedule, int segment, double base, double t, double[] durations);

    /**
     * Where a value that is not finite came from: repeats the last {@link ProgramRole#GRADIENT} over the same examples,
     * which are in the inputs, and names the first operation whose result is not finite, with its place in the `.opt`
     * file; empty if all are finite.
     */
    String firstNonfinite(int rows, StepScalars scalars);

    @Override
    void close();
}
