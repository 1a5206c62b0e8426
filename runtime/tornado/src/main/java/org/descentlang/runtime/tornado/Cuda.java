package org.descentlang.runtime.tornado;

import java.util.Optional;
import java.util.ServiceLoader;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.runtime.common.TornadoXPUDevice;
import uk.ac.manchester.tornado.runtime.library.spi.TornadoLibraryProvider;

/**
 * What NVIDIA's software does better than generated kernels. Two system properties switch it off, to measure what it is
 * worth.
 */
final class Cuda {
    private static final boolean CUBLAS = Boolean.parseBoolean(System.getProperty("descent.cublas", "true"));
    private static final boolean GRAPHS = Boolean.parseBoolean(System.getProperty("descent.cudagraph", "true"));

    private Cuda() {}

    /** By cuBLAS, where TornadoVM has it. */
    static Optional<Products> products(TornadoDevice device, Precision precision) {
        boolean cublas = CUBLAS
                && isCuda(device)
                && ServiceLoader.load(TornadoLibraryProvider.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .anyMatch(provider -> provider.libraryName().equals(SlicedCublas.NAME)
                                && provider.canHandle((TornadoXPUDevice) device));
        return cublas ? Optional.of(new Sgemm(precision)) : Optional.empty();
    }

    /** Whether a program is captured once as a CUDA graph and replayed. */
    static boolean graphs(TornadoDevice device) {
        return GRAPHS && isCuda(device);
    }

    private static boolean isCuda(TornadoDevice device) {
        return device.getTornadoVMBackend() == TornadoVMBackendType.CUDA;
    }
}
