package samples.own;

/** Fits the curve of own_rules.opt with rules of its own, and compares the fit with the curve at a few points. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var result = OwnRules.create().seed(3).train();
        System.out.printf(
                "after %d epochs: mean absolute error %.3f%n",
                result.history().size(), result.validation().mae());

        var net = result.model();
        System.out.println("   x0   curve     net");
        for (float x = -2; x <= 2; x += 1) {
            System.out.printf("%5.1f %7.3f %7.3f%n", x, curve(x), net.predict(new float[] {x, 1, 1, 0})[0]);
        }
    }

    /** What the data was made of, at (x, 1, 1, 0) and without its noise. */
    private static double curve(double x) {
        return Math.sin(1.5 * x) + 0.5 - 0.3;
    }
}
