package org.descentlang.runtime.tornado;

import java.util.ArrayList;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.runtime.common.TornadoXPUDevice;
import uk.ac.manchester.tornado.runtime.library.LibraryRegistry;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryContext;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryInvocation;
import uk.ac.manchester.tornado.runtime.library.spi.TornadoLibraryProvider;

/**
 * TornadoVM's cuBLAS for matrices that begin anywhere in an array: its own calls take whole arrays. The last arguments
 * say where the matrices begin, in floats, in the order in which the arrays come.
 */
public final class SlicedCublas implements TornadoLibraryProvider {
    static final String NAME = "descent/cublas";

    private static final String CUBLAS = "nvidia/cublas";

    private record Context(TornadoLibraryProvider cublas, LibraryContext inner) implements LibraryContext {}

    @Override
    public String libraryName() {
        return NAME;
    }

    @Override
    public boolean canHandle(TornadoXPUDevice device) {
        try {
            return LibraryRegistry.findProvider(CUBLAS, device).canHandle(device);
        } catch (TornadoRuntimeException notThere) {
            return false;
        }
    }

    @Override
    public LibraryContext createContext(TornadoXPUDevice device, long executionPlan) {
        TornadoLibraryProvider cublas = LibraryRegistry.findProvider(CUBLAS, device);
        return new Context(cublas, cublas.createContext(device, executionPlan));
    }

    @Override
    public void dispatch(String function, LibraryInvocation call) {
        Context context = (Context) call.getContext();
        context.cublas.dispatch(function, shifted(call, context.inner));
    }

    static LibraryInvocation shifted(LibraryInvocation call, LibraryContext context) {
        var arguments = new ArrayList<Object>();
        for (int i = 0; i < call.getNumArgs(); i++) {
            arguments.add(call.getArg(i));
        }
        long[] addresses = new long[arguments.size()];
        boolean[] references = new boolean[arguments.size()];
        for (int i = arguments.size() - 1; i >= 0; i--) {
            references[i] = call.isReference(i);
            if (references[i]) {
                addresses[i] = call.getDevicePointer(i) + Float.BYTES * (long) (int) arguments.removeLast();
            }
        }
        int count = arguments.size();
        return new LibraryInvocation(
                arguments.toArray(),
                Arrays.copyOf(addresses, count),
                Arrays.copyOf(references, count),
                call.getDevice(),
                call.getExecutionPlanId(),
                context,
                call.getTuning());
    }

    @Override
    public void destroyContext(LibraryContext context) {
        Context ours = (Context) context;
        ours.cublas.destroyContext(ours.inner);
    }
}
