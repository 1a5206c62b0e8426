package org.descentlang.runtime.tornado;

import static org.descentlang.runtime.tornado.DeviceArrays.doubles;
import static org.descentlang.runtime.tornado.DeviceArrays.floats;
import static org.descentlang.runtime.tornado.DeviceArrays.ints;

import java.util.List;
import java.util.Optional;
import org.descentlang.runtime.device.ProgramTime;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The programs of a training or of a model on one device, and the arrays that both kinds keep there. */
abstract class DevicePrograms {
    protected final DoubleArray numbers;
    protected final DoubleArray scalars;
    protected final DoubleArray partials;
    protected final FloatArray work;
    protected final IntArray integers;
    protected final FloatArray floatInputs;
    protected final IntArray intInputs;
    protected final FloatArray parameters;
    protected final FloatArray running;

    /** From where the host fills the inputs. */
    final SentBatches sent;

    private final Device device;
    private @Nullable Execution execution;

    DevicePrograms(Device device, ArraySizes sizes, int parameterCount, int runningCount) {
        this.device = device;
        numbers = doubles(sizes.numbers());
        scalars = doubles(sizes.scalars());
        partials = doubles(sizes.partials());
        work = floats(sizes.work());
        integers = ints(sizes.integers());
        floatInputs = floats(sizes.floatInputs());
        intInputs = ints(sizes.intInputs());
        parameters = floats(parameterCount);
        running = floats(runningCount);
        sent = new SentBatches(new float[sizes.floatInputs()], new int[sizes.intInputs()], floatInputs, intInputs);
    }

    /** Every array that a program uses. */
    abstract List<Object> shared();

    abstract List<StepProgram> programs();

    /** Computes what follows from the numbers of the host, and puts it behind them: kernels need not. */
    protected void onHost() {}

    /** What matrix products may be computed in: what the `.opt` file says. */
    protected Precision products() {
        return Precision.F32;
    }

    /** Whether what the file says of products makes no difference on this device. */
    final boolean productsStayInF32() {
        return !device.multipliesIn(products());
    }

    /** @param timed when this is the first call, whether to measure how long tasks take */
    final Execution execution(boolean timed) {
        if (execution == null) {
            execution = device.open(shared(), programs(), products(), timed);
        }
        return execution;
    }

    final boolean isOpen() {
        return execution != null;
    }

    /** For what may be kept on the device beside what has to be there. */
    final Optional<DeviceMemory> memory() {
        return device.memory();
    }

    /** Where fields of floating point go. */
    public final float[] floatInputs() {
        return sent.floatBatch();
    }

    /** Where fields of whole numbers go. */
    public final int[] intInputs() {
        return sent.intBatch();
    }

    /** What was measured, if anything was; ends the programs. */
    final List<ProgramTime> end() {
        if (execution == null) {
            return List.of();
        }
        List<ProgramTime> times = execution.times();
        execution.close();
        execution = null;
        return times;
    }
}
