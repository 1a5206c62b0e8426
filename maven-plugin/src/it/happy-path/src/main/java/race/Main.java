package race;

public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.out.println(RavineMomentum.create().seed(42).train().model());
    }
}
