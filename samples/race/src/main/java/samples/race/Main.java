package samples.race;

/** Minimises the two functions of race.opt, and says where each run arrived. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var ravine = RavineMomentum.create().train();
        System.out.printf("%d steps of momentum:  f = %.2e in a ravine%n", ravine.steps(), ravine.loss());

        var rosenbrock = RosenbrockAdam.create().train();
        System.out.printf(
                "%d steps of Adam:     f = %.2e in Rosenbrock's valley%n", rosenbrock.steps(), rosenbrock.loss());
    }
}
