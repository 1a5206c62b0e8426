package samples.tornado;

/** Descends into the same valley on the CPU target and on a device: `0:0`, or the one that is named. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        String device = arguments.length == 0 ? "0:0" : arguments[0];
        for (String where : new String[] {"cpu", device}) {
            var result = Valley.create(where).train();
            System.out.printf(
                    "%-4s %.4f after %d steps, %.1f s%n",
                    where,
                    result.details().train().orElseThrow().loss(),
                    result.steps(),
                    result.details().seconds());
        }
    }
}
