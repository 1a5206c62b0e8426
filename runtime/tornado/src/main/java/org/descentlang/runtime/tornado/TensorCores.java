package org.descentlang.runtime.tornado;

import uk.ac.manchester.tornado.cublas.CuBlasOptions;
import uk.ac.manchester.tornado.cublas.enums.CuBlasMathMode;

/**
 * What a call of TornadoVM's cuBLAS is told beside its arguments. A class of its own: not every TornadoVM has cuBLAS.
 */
final class TensorCores {
    private TensorCores() {}

    /** TornadoVM sets the mode before the call and takes it back afterwards. */
    static Object tf32() {
        return new CuBlasOptions().withMathMode(CuBlasMathMode.CUBLAS_TF32_TENSOR_OP_MATH);
    }
}
