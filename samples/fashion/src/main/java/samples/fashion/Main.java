package samples.fashion;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Trains the network of fashion.opt, saves it, and asks what was saved about a test image. */
public final class Main {
    private static final List<String> GARMENTS = List.of(
            "T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot");

    private static final int HEADER = 16;
    private static final int PIXELS = 28 * 28;

    private Main() {}

    /** @param arguments the folder that contains the folder `fashion-mnist` */
    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(arguments.length == 0 ? "" : arguments[0]);
        var result = FashionTraining.create().data(data).train();
        System.out.printf(
                "after %d epochs: %.1f %% of the test images are recognised%n",
                result.history().size(), 100 * result.test().accuracy());

        var file = Path.of("target", "fashion.model");
        result.model().save(file);
        float[] scores = Cnn.load(file).predict(firstImage(data));
        System.out.println("the first test image shows: " + GARMENTS.get(indexOfLargest(scores)));
    }

    /** Scaled as the data is: see `picture` in fashion.opt. */
    private static float[] firstImage(Path data) throws IOException {
        try (InputStream images = new GZIPInputStream(
                Files.newInputStream(data.resolve("fashion-mnist").resolve("t10k-images-idx3-ubyte.gz")))) {
            images.skipNBytes(HEADER);
            float[] pixels = new float[PIXELS];
            for (int i = 0; i < PIXELS; i++) {
                pixels[i] = images.read() / 255f;
            }
            return pixels;
        }
    }

    private static int indexOfLargest(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[best]) {
                best = i;
            }
        }
        return best;
    }
}
