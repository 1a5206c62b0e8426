package org.descentlang.compiler.emit.device;

import com.palantir.javapoet.CodeBlock;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.emit.text.Text;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Code.Pass;
import org.descentlang.compiler.plan.Code.Store;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Node;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;

/**
 * Prints reductions for groups of threads that share local memory, which GPUs have: neighbours read neighbours, each
 * thread reduces what is its own, and the group combines that in a tree, whose order is always the same.
 */
final class DeviceGroupWriter {
    /** Neighbouring columns of a group: 32 bytes, the least that a GPU reads. */
    private static final int COLUMNS = 8;

    private static final int MOST_GROUPS = 1024;

    private final Plan plan;
    private final Code code;
    private final DeviceMethod method;
    private final DeviceLines lines;

    private DeviceGroupWriter(Plan plan, DeviceScalars scalars, Code code, boolean wide) {
        this.plan = plan;
        this.code = code;
        this.method = DeviceMethod.inGroups(plan);
        this.lines = new DeviceLines(plan, scalars, code, method, wide);
    }

    /** @param first where in `partials` the partial results go, one of each group */
    static DeviceMethod fold(
            Plan plan, DeviceScalars scalars, Kernel.Fold fold, Division division, DeviceTasks.FoldEnd end) {
        var writer = new DeviceGroupWriter(plan, scalars, fold.code(), true);
        writer.fold(fold, division, end);
        return writer.method;
    }

    /** Whether columns are floats side by side, over enough rows. */
    static boolean takes(Plan plan, Kernel.Columns columns) {
        var loops = columns.code().loops();
        int last = loops.size() - 1;
        long rows = 1;
        for (int loop = 0; loop < last; loop++) {
            if (columns.result().uses(loop)) {
                return false;
            }
            rows *= plan.capacity().estimate(loops.get(loop));
        }
        boolean floats = plan.program().type(columns.value()).element() == ElementType.F32;
        return floats
                && rows >= Division.FEW
                && columns.result().uses(last)
                && loops.get(last).isFixed();
    }

    static DeviceMethod columns(Plan plan, DeviceScalars scalars, Kernel.Columns columns) {
        var writer = new DeviceGroupWriter(plan, scalars, columns.code(), false);
        writer.columns(columns);
        return writer.method;
    }

    /** How many groups they take. */
    static int groups(Kernel.Columns columns) {
        Dim extent = columns.code().loops().getLast();
        return (int) Math.ceilDiv(extent.fixed(), COLUMNS);
    }

    /** Whether rows are long, and whatever a thread reads of what the kernel writes is its own. */
    static boolean takes(Plan plan, Code code) {
        var reductions = code.passes().stream()
                .flatMap(pass -> pass.reductions().stream())
                .toList();
        boolean sums = reductions.stream()
                .allMatch(reduction -> code.node(reduction.line()).element() == ElementType.F32
                        && switch ((Op.Reducing)
                                plan.program().instruction(reduction.value()).op()) {
                            case Op.Reduce _ -> true;
                            case Op.ArgMax _ -> false;
                        });
        boolean rows = code.rowLoops() == 1 && code.columnLoops() > 0 && !reductions.isEmpty();
        return sums
                && rows
                && plan.capacity().estimate(code.loops().getLast()) >= Division.THREADS
                && code.passes().stream()
                        .flatMap(pass -> pass.stores().stream())
                        .allMatch(store -> isOwn(code, store));
    }

    private static boolean isOwn(Code code, Store store) {
        return code.lines().stream()
                .filter(line -> line.node() instanceof Node.Load load && load.value() == store.value())
                .allMatch(line -> ((Node.Load) line.node()).offset().equals(store.offset()));
    }

    static DeviceMethod rows(Plan plan, DeviceScalars scalars, Code code) {
        var writer = new DeviceGroupWriter(plan, scalars, code, false);
        writer.rows();
        return writer.method;
    }

    /** How many groups they take: each has a row or several. */
    static int groups(Plan plan, Code code) {
        return (int) Math.min(plan.capacity().estimate(code.loops().getFirst()), MOST_GROUPS);
    }

    private void rows() {
        method.statement("int thread = context.localIdx");
        share("float");
        String step = Integer.toString(groups(plan, code));
        method.openLoop("context.groupIdx", "i0", method.size(code.loops().getFirst()), step, false);
        lines.locals(line -> line.depth() <= 1 && line.pass() < 0);
        for (int i = 0; i < code.passes().size(); i++) {
            pass(i);
            int done = i;
            lines.locals(line -> line.depth() <= 1 && line.pass() == done);
        }
        if (!code.rowStores().isEmpty()) {
            method.open("if (thread == 0)");
            code.rowStores().forEach(lines::store);
            method.close(1);
        }
        method.close(1);
    }

    private void pass(int number) {
        Pass pass = code.passes().get(number);
        pass.reductions().forEach(lines::declare);
        int last = code.loops().size() - 1;
        for (int loop = 1; loop <= last; loop++) {
            boolean divided = loop == last;
            String step = divided ? Integer.toString(Division.THREADS) : "1";
            String size = method.size(code.loops().get(loop));
            method.openLoop(divided ? "thread" : "0", Positions.variable(loop), size, step, false);
            int depth = loop + 1;
            lines.locals(line -> line.depth() == depth && line.pass() == number);
        }
        pass.stores().forEach(lines::store);
        pass.reductions().forEach(lines::accumulate);
        method.close(last);
        pass.reductions().forEach(reduction -> {
            String value = "r" + reduction.value();
            tree(reduce(reduction.value()), value, 1);
            method.statement("context.localBarrier()");
            method.statement("$L = shared[0]", value);
            method.statement("context.localBarrier()");
        });
    }

    private void fold(Kernel.Fold fold, Division division, DeviceTasks.FoldEnd end) {
        method.statement("int thread = context.localIdx");
        method.statement("int group = context.groupIdx");
        lines.locals(line -> line.depth() == 0);
        Pass pass = code.passes().getFirst();
        pass.reductions().forEach(lines::declare);
        for (int loop = 0; loop < code.loops().size(); loop++) {
            Dim extent = code.loops().get(loop);
            if (loop == division.loop()) {
                String start = Division.THREADS + " * group + thread";
                int all = Division.THREADS * division.parts();
                method.openLoop(start, Positions.variable(loop), method.size(extent), Integer.toString(all), false);
            } else {
                method.openLoop(loop, extent);
            }
            int depth = loop + 1;
            lines.locals(line -> line.depth() == depth);
        }
        pass.reductions().forEach(lines::accumulate);
        pass.stores().forEach(lines::store);
        method.close(code.loops().size());
        share("double");
        tree(reduce(fold.value()), "r" + fold.value(), 1);
        method.open("if (thread == 0)");
        end.write(method, "shared[0]", "group");
        method.close(1);
    }

    private void columns(Kernel.Columns columns) {
        int last = code.loops().size() - 1;
        String column = Positions.variable(last);
        String inside = column + " < " + method.size(code.loops().get(last));
        method.statement("int thread = context.localIdx");
        method.statement("int $L = $L * context.groupIdx + (thread & $L)", column, COLUMNS, COLUMNS - 1);
        Op.Reduce reduce = reduce(columns.value());
        method.statement(
                "float sum = $L", lines.neutral(reduce, ElementType.F32).code());
        method.open("if ($L)", inside);
        for (int loop = 0; loop < last; loop++) {
            Dim extent = code.loops().get(loop);
            if (loop == 0) {
                int rows = Division.THREADS / COLUMNS;
                String start = "thread >> " + Integer.numberOfTrailingZeros(COLUMNS);
                method.openLoop(start, Positions.variable(0), method.size(extent), Integer.toString(rows), false);
            } else {
                method.openLoop(loop, extent);
            }
        }
        lines.locals(_ -> true);
        Store store = code.passes().getFirst().stores().getFirst();
        lines.step(reduce, ElementType.F32, "sum", lines.text(store.line()));
        method.close(last + 1);
        share("float");
        tree(reduce, "sum", COLUMNS);
        method.open("if (thread < $L && $L)", COLUMNS, inside);
        method.set(plan.place(columns.value()), columns.result(), CodeBlock.of("shared[thread]"));
        method.close(1);
    }

    private Op.Reduce reduce(int value) {
        return (Op.Reduce) plan.program().instruction(value).op();
    }

    /** @param type `double` or `float` */
    private void share(String type) {
        String allocate = type.equals("double") ? "allocateDoubleLocalArray" : "allocateFloatLocalArray";
        method.statement("$L[] shared = context.$L($L)", type, allocate, Division.THREADS);
    }

    /**
     * Combines what threads have; the barriers are met by all of them.
     *
     * @param value of one thread
     * @param results how many are left, at the beginning of `shared`
     */
    private void tree(Op.Reduce reduce, String value, int results) {
        method.statement("shared[thread] = $L", value);
        method.open("for (int half = $L; half >= $L; half = half >> 1)", Division.THREADS / 2, results);
        method.statement("context.localBarrier()");
        method.open("if (thread < half)");
        Text combined = DeviceText.combined(
                reduce.reduction(), false, Text.primary("shared[thread]"), Text.primary("shared[thread + half]"));
        method.statement("shared[thread] = $L", combined.code());
        method.close(2);
    }
}
