package org.descentlang.compiler.pass;

import java.util.List;
import org.descentlang.compiler.ir.Program;

/** Everything that happens to a program between its derivation and its plan. */
public final class Pipeline {
    /** Two rounds nearly always suffice; a program that is not at rest after these is correct all the same. */
    private static final int ROUNDS = 5;

    private Pipeline() {}

    /** Is told about each pass that ran. */
    public interface Listener {
        void ran(String pass, Program result, long nanoseconds);
    }

    private interface Pass {
        Program apply(Program program);
    }

    /** For a complete program: gradients, if it has any, are already in it. */
    public static Program optimize(Program program) {
        return optimize(program, (_, _, _) -> {});
    }

    public static Program optimize(Program program, Listener listener) {
        Program current = run("simplify bodies", Bodies::simplify, program, listener);
        for (int round = 0; round < ROUNDS; round++) {
            Program before = current;
            current = run("simplify", Pipeline::simplify, current, listener);
            current = run("remove dead code", DeadCode::remove, current, listener);
            if (current.equals(before)) {
                return current;
            }
        }
        return current;
    }

    private static Program simplify(Program program) {
        return Rewriter.rewrite(program, rules());
    }

    /** In the order in which they are tried. */
    static List<Rule> rules() {
        return List.of(
                new StopGradientRemoval(),
                new ConstantFolding(),
                new ArithmeticIdentities(),
                new DivisionByScalar(),
                new ChoiceOfLarger(),
                new CompareAfterMaximum(),
                new LayoutIdentities(),
                new ReshapeAfterwards(),
                new BroadcastAfterwards(),
                new ReduceOfBroadcast(),
                new NegateAfterSum(),
                new TransposeIntoMatMul(),
                new PadsToConcat(),
                new CommonSubexpressions());
    }

    private static Program run(String name, Pass pass, Program program, Listener listener) {
        long start = System.nanoTime();
        Program result = pass.apply(program);
        listener.ran(name, result, System.nanoTime() - start);
        return result;
    }
}
