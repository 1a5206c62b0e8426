package samples.digits;

import java.nio.file.Path;

/** Trains the network of digits.opt, saves it, and reads an image with what was saved. */
public final class Main {
    /** How dark each of 8 x 8 pixels is, 0 to 16: somebody's two. */
    private static final int[] IMAGE = {
        0, 0, 0, 4, 15, 12, 0, 0, //
        0, 0, 3, 16, 15, 14, 0, 0, //
        0, 0, 8, 13, 8, 16, 0, 0, //
        0, 0, 1, 6, 15, 11, 0, 0, //
        0, 1, 8, 13, 15, 1, 0, 0, //
        0, 9, 16, 16, 5, 0, 0, 0, //
        0, 3, 13, 16, 16, 11, 5, 0, //
        0, 0, 0, 3, 11, 16, 9, 0
    };

    private Main() {}

    public static void main(String[] arguments) {
        var result = DigitsTraining.create().seed(42).train();
        System.out.printf(
                "after %d epochs: %.1f %% of the test images are read correctly%n",
                result.history().size(), 100 * result.test().accuracy());

        var file = Path.of("target", "digits.model");
        result.model().save(file);
        float[] scores = Mlp.load(file).predict(pixels(IMAGE));
        System.out.println("the image shows a " + indexOfLargest(scores));
    }

    /** Scaled as the data is: see `image` in digits.opt. */
    private static float[] pixels(int[] image) {
        float[] pixels = new float[image.length];
        for (int i = 0; i < image.length; i++) {
            pixels[i] = image[i] / 16f;
        }
        return pixels;
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
