package org.descentlang.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.runtime.common.TornadoXPUDevice;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryContext;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryInvocation;

/** Where matrices begin goes into their addresses, and what is left are cuBLAS's own arguments. */
final class SlicedCublasTest {
    private static final long FIRST = 0x7f00_0000_0000L;

    @ParameterizedTest
    @CsvSource({"1, 13", "4, 17"})
    void addressesAreShifted(int count, int arguments) {
        var a = new FloatArray(100);
        var b = new FloatArray(100);
        var c = new FloatArray(100);
        Object[] all = new Sgemm(Precision.F32)
                .call(new MatrixProduct(
                        "one",
                        count,
                        2,
                        3,
                        4,
                        new Matrix(b, 5, 8, false),
                        new Matrix(a, 7, 12, true),
                        new Matrix(c, 9, 6, false),
                        new FewerRows.Unread()))
                .getParameters();
        var addresses = new long[all.length];
        var references = new boolean[all.length];
        for (int i = 0; i < all.length; i++) {
            references[i] = all[i] instanceof FloatArray;
            addresses[i] = all[i] == a ? FIRST : all[i] == b ? 2 * FIRST : all[i] == c ? 3 * FIRST : 0;
        }
        LibraryContext context = new LibraryContext() {};
        LibraryInvocation call = SlicedCublas.shifted(
                new LibraryInvocation(all, addresses, references, device(), 1, context, "none"), context);
        assertThat(call.getNumArgs()).isEqualTo(arguments);
        long sum = 0;
        for (int i = 0; i < arguments; i++) {
            assertThat(call.getArg(i)).isSameAs(all[i]);
            assertThat(call.isReference(i)).isEqualTo(references[i]);
            long start = all[i] == a ? 7 : all[i] == b ? 5 : all[i] == c ? 9 : 0;
            assertThat(call.getDevicePointer(i)).isEqualTo(addresses[i] + 4 * start);
            sum += start;
        }
        assertThat(sum).isEqualTo(7 + 5 + 9);
        assertThat(call.getContext()).isSameAs(context);
    }

    /** Other backends keep the generated kernels. */
    @Test
    void onlyCudaHasCublas() {
        boolean cuda = device().getTornadoVMBackend() == TornadoVMBackendType.CUDA;
        assertThat(new SlicedCublas().canHandle(device())).isEqualTo(cuda);
        assertThat(Cuda.products(device(), Precision.F32).isPresent()).isEqualTo(cuda);
        assertThat(Cuda.graphs(device())).isEqualTo(cuda);
    }

    private static TornadoXPUDevice device() {
        return (TornadoXPUDevice)
                TornadoRuntimeProvider.getTornadoRuntime().getBackend(0).getDevice(0);
    }
}
