package NAME;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The classes that NAME.opt becomes, from Java. */
class KindsTest {
    @Test
    void learnsToTellTheKindsApart() {
        var result = KindsTraining.create().train();
        assertTrue(result.validation().accuracy() > 0.9);

        float[] scores = result.model().predict(new float[] {4.1f, 2.2f});
        assertTrue(scores[1] > scores[0]);
    }
}
