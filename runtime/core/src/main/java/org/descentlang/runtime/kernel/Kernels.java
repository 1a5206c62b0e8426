package org.descentlang.runtime.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.descentlang.runtime.kernel.matrix.MatrixKernel;
import org.descentlang.runtime.kernel.matrix.PlainMatrixKernel;
import org.descentlang.runtime.kernel.vector.VectorChannelKernel;
import org.descentlang.runtime.kernel.vector.VectorMatrixKernel;
import org.descentlang.runtime.kernel.vector.VectorOperations;
import org.descentlang.runtime.kernel.window.ChannelKernel;
import org.descentlang.runtime.kernel.window.PlainChannelKernel;

/**
 * Which kernels this JVM runs: those of the Vector API if it was started with it, else plain loops. Both give the same
 * bits.
 *
 * <p>The system property {@value #BITS} says how long vectors are to be: 512, 256, 128, or 0 for plain loops. Vectors
 * are used as soon as HotSpot has compiled them ({@link KernelTurns}), or, if {@value #ALWAYS_VECTORS} is true, from
 * the first call.
 */
public final class Kernels {
    static final String BITS = "descent.vector.bits";

    static final String ALWAYS_VECTORS = "descent.vector.always";

    private static final String VECTOR_API = "jdk.incubator.vector";
    private static final boolean ALWAYS = Boolean.getBoolean(ALWAYS_VECTORS);
    private static final int VECTOR_BITS = bits();

    private Kernels() {}

    /** Of the vectors that kernels use; 0 for plain loops. */
    public static int vectorBits() {
        return VECTOR_BITS;
    }

    /**
     * The vector form of generated kernels, if there is one for this machine: the subclass that is called as the class
     * of the plain ones with the number of bits at the end, made with whether to use its vectors from the first call.
     *
     * @param access may make an instance of it
     */
    public static <K> K fastest(K plain, MethodHandles.Lookup access) {
        if (VECTOR_BITS == 0) {
            return plain;
        }
        Class<?> type = plain.getClass();
        try {
            Class<?> vector = access.findClass(type.getName() + VECTOR_BITS);
            if (vector.getSuperclass() != type) {
                return plain;
            }
            @SuppressWarnings("unchecked") // a subclass of the class of the plain kernels
            K kernels = (K) access.findConstructor(vector, MethodType.methodType(void.class, boolean.class))
                    .invoke(ALWAYS);
            return kernels;
        } catch (ClassNotFoundException _) {
            // Sources that were compiled without the compiler's own vector classes.
            return plain;
        } catch (RuntimeException | Error exception) {
            throw exception;
        } catch (Throwable exception) {
            throw new LinkageError("the vector kernels of " + type.getName() + " cannot be loaded", exception);
        }
    }

    static MatrixKernel matrixKernel() {
        if (VECTOR_BITS == 0) {
            return new PlainMatrixKernel();
        }
        var vectors = new VectorMatrixKernel();
        return ALWAYS ? vectors : new MatrixKernelTurns(new PlainMatrixKernel(), vectors);
    }

    static ChannelKernel channelKernel() {
        if (VECTOR_BITS == 0) {
            return new PlainChannelKernel();
        }
        var vectors = new VectorChannelKernel();
        return ALWAYS ? vectors : new ChannelKernelTurns(new PlainChannelKernel(), vectors);
    }

    private static int bits() {
        if (ModuleLayer.boot().findModule(VECTOR_API).isPresent()) {
            if (ALWAYS) {
                VectorOperations.load();
            }
            return Integer.getInteger(BITS, VectorMatrixKernel.bits());
        }
        System.getLogger("org.descentlang")
                .log(
                        System.Logger.Level.INFO,
                        "Running plain loops: start the JVM with --add-modules {0} for kernels several times faster",
                        VECTOR_API);
        return 0;
    }
}
