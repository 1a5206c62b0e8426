package org.descentlang.runtime.tornado;

import java.util.List;
import java.util.Optional;
import org.descentlang.runtime.device.DeviceDescription;
import org.descentlang.runtime.device.DeviceDescription.Kind;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** A device that TornadoVM offers. */
record InstalledDevice(DeviceDescription description, TornadoDevice device) implements Device {
    /**
     * @param backend index, the first half of its name
     * @param number index within the backend, the second half
     */
    static InstalledDevice of(int backend, int number, TornadoDevice device) {
        // By name: versions of TornadoVM without FPGAs have no constant for them.
        Kind kind = switch (device.getDeviceType().name()) {
            case "GPU" -> Kind.GPU;
            case "FPGA", "ACCELERATOR" -> Kind.FPGA;
            default -> Kind.CPU;
        };
        var description = new DeviceDescription(
                backend + ":" + number,
                kind,
                device.getPhysicalDevice().getDeviceName(),
                device.getTornadoVMBackend() + ", " + device.getPlatformName(),
                device.getMaxGlobalMemory(),
                device.getPhysicalDevice().getDeviceMaxComputeUnits(),
                device.getDeviceContext().isFP64Supported());
        return new InstalledDevice(description, device);
    }

    @Override
    public Execution open(List<Object> shared, List<StepProgram> programs, Precision products, boolean timed) {
        return new DevicePlan(device, products(products), shared, programs, timed);
    }

    /** FPGAs get their batches from the host: kernels for them are of another form, and none was available. */
    @Override
    public Optional<DeviceMemory> memory() {
        return description.kind() == Kind.FPGA
                ? Optional.empty()
                : Optional.of(DeviceMemory.of(
                        Math.min(
                                device.getMaxGlobalMemory(),
                                device.getMemoryProvider().getHeapSize()),
                        device.getMaxAllocMemory()));
    }

    @Override
    public boolean multipliesIn(Precision precision) {
        return precision == Precision.F32 || Cuda.products(device, precision).isPresent();
    }

    private Optional<Products> products(Precision precision) {
        Optional<Products> library = Cuda.products(device, precision);
        boolean tiles = library.isEmpty() && description.kind() == Kind.GPU;
        return tiles ? Optional.of(new TiledProducts()) : library;
    }
}
