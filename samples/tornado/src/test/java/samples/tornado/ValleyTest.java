package samples.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ValleyTest {
    @Test
    void aDeviceComesAsFarDownAsTheCpu() {
        double cpu =
                Valley.create("cpu").train().details().train().orElseThrow().loss();
        double device =
                Valley.create("0:0").train().details().train().orElseThrow().loss();
        assertThat(cpu).isLessThan(2);
        assertThat(device).isEqualTo(cpu, Offset.offset(1e-3));
    }

    @Test
    void aDeviceThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Valley.create("7:0"))
                .hasMessageStartingWith("there is no device 7:0: TornadoVM offers 0:0 (");
    }
}
