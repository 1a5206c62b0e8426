package org.descentlang.runtime.kernel;

import org.descentlang.runtime.kernel.vector.VectorMatrixKernel;

/** Which kernels this JVM runs: those of the Vector API if it was started with it, else plain loops. Both give the same bits. */
public final class Kernels {
    private static final String VECTOR_API = "jdk.incubator.vector";
    private static final MatrixKernel MATRIX = choose();

    private Kernels() {}

    static MatrixKernel matrixKernel() {
        return MATRIX;
    }

    private static MatrixKernel choose() {
        if (ModuleLayer.boot().findModule(VECTOR_API).isPresent()) {
            return new VectorMatrixKernel();
        }
        System.getLogger("org.descentlang")
                .log(
                        System.Logger.Level.INFO,
                        "Training with plain loops: start the JVM with --add-modules {0} for kernels several times faster",
                        VECTOR_API);
        return new PlainMatrixKernel();
    }
}
