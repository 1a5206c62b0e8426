package race.trial;

final class Trials {
    private Trials() {}

    static Object run() {
        return TrialMomentum.create().train();
    }
}
