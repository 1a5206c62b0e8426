package org.descentlang.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import org.descentlang.compiler.plan.Slab;
import org.descentlang.compiler.type.ElementType;

/** TornadoVM's types and our runtime's for it, by name. */
final class DeviceNames {
    static final ClassName PARALLEL = ClassName.get("uk.ac.manchester.tornado.api.annotations", "Parallel");
    static final ClassName TASK_GRAPH = ClassName.get("uk.ac.manchester.tornado.api", "TaskGraph");
    static final ClassName TORNADO_MATH = ClassName.get("uk.ac.manchester.tornado.api.math", "TornadoMath");
    static final ClassName FLOAT_ARRAY = array("FloatArray");
    static final ClassName INT_ARRAY = array("IntArray");
    static final ClassName DOUBLE_ARRAY = array("DoubleArray");

    static final ClassName DEVICE = runtime("Device");
    static final ClassName DEVICES = runtime("Devices");
    static final ClassName DEVICE_LAYOUT = runtime("DeviceLayout");
    static final ClassName DEVICE_MATH = runtime("DeviceMath");
    static final ClassName DEVICE_PREDICTION = runtime("DevicePrediction");
    static final ClassName DEVICE_PREDICTION_LAYOUT = runtime("DevicePredictionLayout");
    static final ClassName DEVICE_RANDOM = runtime("DeviceRandom");
    static final ClassName DEVICE_STEP = runtime("DeviceStep");
    static final ClassName GRAPH_PART = runtime("GraphPart");
    static final ClassName MATRIX = runtime("Matrix");
    static final ClassName MATRIX_PRODUCT = runtime("MatrixProduct");
    static final ClassName PRODUCTS = runtime("Products");

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
