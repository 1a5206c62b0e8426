package org.descentlang.compiler.emit.device;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Node;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Step;

/**
 * Random numbers that devices make where they are used, such as the mask of a dropout: an element depends on nothing
 * but its index, and some sixty operations on integers cost a GPU less than a kernel, and writing and reading an array.
 *
 * <pre>
 *   u = random_uniform(..)            no kernel
 *   y = where(u >= rate, x / (1 - rate), 0)   in forward and backward pass: both make u
 * </pre>
 */
final class FusedRandom {
    /** Kernels in which a number is made anew: more would be worth the array. */
    private static final int MOST_KERNELS = 2;

    private FusedRandom() {}

    static boolean isFused(Plan plan, int value) {
        boolean uniform = plan.program().instruction(value).op() instanceof Op.Random random
                && random.distribution() == Op.Distribution.UNIFORM;
        return uniform && !isInMemory(plan, value) && isUsedByElement(plan, value);
    }

    /** Whether something needs it there that is not written as {@link Code}. */
    private static boolean isInMemory(Plan plan, int value) {
        return plan.steps().stream()
                        .anyMatch(step -> step instanceof Kernel.Library library
                                && library.operands().contains(value))
                || plan.fetches().values().stream().anyMatch(fetch -> fetch.value() == value)
                || plan.commits().stream().anyMatch(commit -> commit.value() == value)
                || plan.program().outputs().stream().map(Output::value).anyMatch(output -> output == value);
    }

    private static boolean isUsedByElement(Plan plan, int value) {
        List<Code> users = plan.steps().stream()
                .flatMap(FusedRandom::codes)
                .filter(code -> loads(code, value).findAny().isPresent())
                .toList();
        return users.size() <= MOST_KERNELS
                && users.stream()
                        .allMatch(code -> loads(code, value)
                                .allMatch(load ->
                                        IntStream.range(0, code.loops().size()).allMatch(load.offset()::uses)));
    }

    private static Stream<Node.Load> loads(Code code, int value) {
        return code.lines().stream()
                .map(Code.Line::node)
                .filter(Node.Load.class::isInstance)
                .map(Node.Load.class::cast)
                .filter(load -> load.value() == value);
    }

    private static Stream<Code> codes(Step step) {
        return switch (step) {
            case Kernel.Rows rows -> Stream.of(rows.code());
            case Kernel.Columns columns -> Stream.of(columns.code());
            case Kernel.Fold fold -> Stream.of(fold.code());
            case Kernel.Assembly assembly -> assembly.copies().stream();
            case Kernel.Library _, Kernel.Commit _, Step.Loop _, Step.Scalars _ -> Stream.of();
        };
    }
}
