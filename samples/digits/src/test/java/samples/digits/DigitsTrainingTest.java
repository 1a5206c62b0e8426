package samples.digits;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitsTrainingTest {
    @Test
    void readsMostImagesAndIsTheSameAfterLoading(@TempDir Path folder) {
        var result = DigitsTraining.create().seed(42).train();

        assertThat(result.test().accuracy()).isGreaterThanOrEqualTo(0.96);

        var file = folder.resolve("digits.model");
        result.model().save(file);
        float[] pixels = new float[64];
        pixels[20] = 1;
        assertThat(Mlp.load(file).predict(pixels)).isEqualTo(result.model().predict(pixels));
    }
}
