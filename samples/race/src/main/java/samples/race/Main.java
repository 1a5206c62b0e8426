package samples.race;

/** Minimises the two functions of race.opt, and says how far down each run came. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var ravine = RavineMomentum.create().train();
        System.out.printf("ravine:     %.2e after %d steps%n", ravine.model().predict()[0], ravine.steps());

        var rosenbrock = RosenbrockAdam.create().train();
        System.out.printf(
                "Rosenbrock: %.2e after %d steps%n", rosenbrock.model().predict()[0], rosenbrock.steps());
    }
}
