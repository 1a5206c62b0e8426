package org.descentlang.compiler.emit.device;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import org.descentlang.compiler.plan.Slab;
import org.descentlang.compiler.type.ElementType;

/** TornadoVM's types and our runtime's for it, by name. */
public final class DeviceNames {
    public static final ClassName PARALLEL = ClassName.get("uk.ac.manchester.tornado.api.annotations", "Parallel");
    public static final ClassName KERNEL_CONTEXT = ClassName.get("uk.ac.manchester.tornado.api", "KernelContext");
    public static final ClassName TASK_GRAPH = ClassName.get("uk.ac.manchester.tornado.api", "TaskGraph");
    public static final ClassName TORNADO_MATH = ClassName.get("uk.ac.manchester.tornado.api.math", "TornadoMath");
    public static final ClassName FLOAT_ARRAY = array("FloatArray");
    public static final ClassName INT_ARRAY = array("IntArray");
    public static final ClassName DOUBLE_ARRAY = array("DoubleArray");

    public static final ClassName DEVICE = runtime("Device");
    public static final ClassName DEVICES = runtime("Devices");
    public static final ClassName DEVICE_LAYOUT = runtime("DeviceLayout");
    public static final ClassName DEVICE_MATH = runtime("DeviceMath");
    public static final ClassName DEVICE_PREDICTION = runtime("DevicePrediction");
    public static final ClassName DEVICE_PREDICTION_LAYOUT = runtime("DevicePredictionLayout");
    public static final ClassName DEVICE_RANDOM = runtime("DeviceRandom");
    public static final ClassName DEVICE_STEP = runtime("DeviceStep");
    public static final ClassName FEWER_ROWS = runtime("FewerRows");
    public static final ClassName GRAPH_PART = runtime("GraphPart");
    public static final ClassName MATRIX = runtime("Matrix");
    public static final ClassName MATRIX_PRODUCT = runtime("MatrixProduct");
    public static final ClassName PRECISION = runtime("Precision");
    public static final ClassName FORMS = runtime("Forms");

    private DeviceNames() {}

    private static ClassName array(String name) {
        return ClassName.get("uk.ac.manchester.tornado.api.types.arrays", name);
    }

    private static ClassName runtime(String name) {
        return ClassName.get("org.descentlang.runtime.tornado", name);
    }

    static ClassName array(Slab slab) {
        return slab.isFloats() ? FLOAT_ARRAY : INT_ARRAY;
    }

    /** What a kernel computes an element in; a bool is 0 or 1, because TornadoVM has no booleans in memory. */
    static TypeName type(ElementType element) {
        return element == ElementType.F32 ? TypeName.FLOAT : TypeName.INT;
    }
}
