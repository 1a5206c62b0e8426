package samples.fashion;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionTrainingTest {
    /** Of the epochs in the file, three reach 0.817, which is enough to tell that it learns. */
    @Test
    void recognisesMostGarmentsAndIsTheSameAfterLoading(@TempDir Path folder) {
        var result = FashionTraining.create().set("epochs", 3).train();

        assertThat(result.test().accuracy()).isGreaterThanOrEqualTo(0.75);

        var file = folder.resolve("fashion.model");
        result.model().save(file);
        float[] pixels = new float[28 * 28];
        pixels[400] = 1;
        assertThat(Cnn.load(file).predict(pixels)).isEqualTo(result.model().predict(pixels));
    }
}
