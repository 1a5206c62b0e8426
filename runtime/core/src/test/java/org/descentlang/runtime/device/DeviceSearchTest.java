package org.descentlang.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.descentlang.runtime.device.DeviceDescription.Kind;
import org.junit.jupiter.api.Test;

class DeviceSearchTest {
    private static final DeviceDescription PROCESSOR = device("0:0", Kind.CPU, true);
    private static final DeviceDescription SMALL_GPU = device("0:1", Kind.GPU, false);
    private static final DeviceDescription GPU = device("0:2", Kind.GPU, true);
    private static final DeviceDescription FPGA = device("1:0", Kind.FPGA, true);

    @Test
    void findsByKindAndByName() {
        var search = new DeviceSearch(true, List.of(PROCESSOR, SMALL_GPU, GPU, FPGA));
        assertThat(search.find("gpu")).contains(GPU);
        assertThat(search.find("fpga")).contains(FPGA);
        assertThat(search.find("0:0")).contains(PROCESSOR);
        assertThat(search.find("2:0")).isEmpty();
    }

    @Test
    void automaticIsAGpuThatCanTrainOrElseTheCpu() {
        assertThat(new DeviceSearch(true, List.of(PROCESSOR, SMALL_GPU, GPU)).automatic())
                .isEqualTo("0:2");
        assertThat(new DeviceSearch(true, List.of(PROCESSOR, SMALL_GPU, FPGA)).automatic())
                .isEqualTo("cpu");
        assertThat(new DeviceSearch(true, List.of()).automatic()).isEqualTo("cpu");
    }

    @Test
    void saysWhyADeviceIsNotFound() {
        var search = new DeviceSearch(true, List.of(PROCESSOR, SMALL_GPU, FPGA));
        assertThat(search.missing("2:0"))
                .hasToString(
                        "there is no device 2:0: TornadoVM offers 0:0 (cpu, maker's, driver); 0:1 (gpu, maker's, driver); "
                                + "1:0 (fpga, maker's, driver); install the driver of the missing device: see docs/tornadovm.md");
        assertThat(search.missing("gpu").title()).isEqualTo("the device gpu cannot train");
        assertThat(search.find("1:0")).isEmpty();
        assertThat(search.missing("1:0").help()).isEqualTo("use `device fpga`");
    }

    @Test
    void saysWhyThereIsNoDeviceAtAll() {
        assertThat(new DeviceSearch(true, List.of(PROCESSOR)).nothing()).isEmpty();
        assertThat(DeviceSearch.NONE.missing("gpu"))
                .hasToString("there is no device gpu: TornadoVM was not found, so there is only the CPU; "
                        + "install TornadoVM and a driver, and set TORNADOVM_HOME: see docs/tornadovm.md");
        assertThat(new DeviceSearch(true, List.of()).missing("gpu"))
                .hasToString(
                        "there is no device gpu: TornadoVM sees no device, so there is only the CPU; "
                                + "install a driver for the device, so that `clinfo -l` or `nvidia-smi` lists it: see docs/tornadovm.md");
    }

    private static DeviceDescription device(String name, Kind kind, boolean trains) {
        return new DeviceDescription(name, kind, "maker's", "driver", 1 << 30, 8, trains);
    }
}
