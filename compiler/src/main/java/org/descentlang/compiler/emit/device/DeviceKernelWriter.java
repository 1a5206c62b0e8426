package org.descentlang.compiler.emit.device;

import static org.descentlang.compiler.emit.device.DeviceNames.DEVICE_MATH;
import static org.descentlang.compiler.emit.device.DeviceNames.TORNADO_MATH;

import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Code.Pass;
import org.descentlang.compiler.plan.Code.Store;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;

/**
 * Prints the loops of a kernel for TornadoVM: a thread an element or, where something is reduced, a thread a result.
 */
final class DeviceKernelWriter {
    private final Plan plan;
    private final Code code;
    private final DeviceMethod method;
    private final DeviceLines lines;

    private DeviceKernelWriter(Plan plan, DeviceScalars scalars, Code code, boolean wide, boolean parallel) {
        this.plan = plan;
        this.code = code;
        this.method = new DeviceMethod(plan, parallel);
        this.lines = new DeviceLines(plan, scalars, code, method, wide);
    }

    static DeviceMethod rows(Plan plan, DeviceScalars scalars, Code code, boolean parallel) {
        var writer = new DeviceKernelWriter(plan, scalars, code, false, parallel);
        boolean reduces =
                code.passes().stream().anyMatch(pass -> !pass.reductions().isEmpty());
        if (reduces) {
            writer.reducedRows();
        } else {
            writer.elements();
        }
        return writer.method;
    }

    /** @param end what is done with the result, or the part of it, that a name stands for */
    static DeviceMethod fold(
            Plan plan,
            DeviceScalars scalars,
            Kernel.Fold fold,
            Division division,
            DeviceTasks.FoldEnd end,
            boolean parallel) {
        var writer = new DeviceKernelWriter(plan, scalars, fold.code(), true, parallel);
        writer.fold(fold, division, end);
        return writer.method;
    }

    static DeviceMethod columns(Plan plan, DeviceScalars scalars, Kernel.Columns columns, boolean parallel) {
        var writer = new DeviceKernelWriter(plan, scalars, columns.code(), false, parallel);
        writer.columns(columns);
        return writer.method;
    }

    private void elements() {
        int open = open(numbers(code.loops().size()));
        lines.locals(_ -> true);
        code.passes().forEach(pass -> pass.stores().forEach(lines::store));
        code.rowStores().forEach(lines::store);
        method.close(open);
    }

    private void reducedRows() {
        int rows = code.rowLoops();
        int open = open(numbers(rows));
        lines.locals(line -> line.depth() <= rows && line.pass() < 0);
        for (int i = 0; i < code.passes().size(); i++) {
            pass(i);
            int done = i;
            lines.locals(line -> line.depth() <= rows && line.pass() == done);
        }
        code.rowStores().forEach(lines::store);
        method.close(open);
    }

    private static List<Integer> numbers(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    /**
     * The last loops are over threads, so that neighbours have neighbours in memory; each thread runs through the
     * first.
     */
    private int open(List<Integer> loops) {
        int inside = Math.max(0, loops.size() - DeviceMethod.MOST_PARALLEL);
        int open = method.openParallel(loops.subList(inside, loops.size()), code.loops());
        for (int loop : loops.subList(0, inside)) {
            method.openLoop(loop, code.loops().get(loop));
        }
        return open + inside;
    }

    private void pass(int number) {
        Pass pass = code.passes().get(number);
        pass.reductions().forEach(lines::declare);
        for (int loop = code.rowLoops(); loop < code.loops().size(); loop++) {
            method.openLoop(loop, code.loops().get(loop));
            int depth = loop + 1;
            lines.locals(line -> line.depth() == depth && line.pass() == number);
        }
        pass.stores().forEach(lines::store);
        pass.reductions().forEach(lines::accumulate);
        method.close(code.columnLoops());
    }

    /** A thread reduces neighbours, which a processor's caches like; groups of a GPU do otherwise. */
    private void fold(Kernel.Fold fold, Division division, DeviceTasks.FoldEnd result) {
        boolean divided = division.parts() > 1;
        if (divided) {
            Dim extent = code.loops().get(division.loop());
            method.openLoop("0", "part", Integer.toString(division.parts()), "1", true);
            method.statement("int length = $L", length(extent, division.parts()));
            method.statement("int start = part * length");
            method.statement("int end = $T.min(start + length, $L)", TORNADO_MATH, method.size(extent));
        }
        lines.locals(line -> line.depth() == 0);
        Pass pass = code.passes().getFirst();
        pass.reductions().forEach(lines::declare);
        for (int loop = 0; loop < code.loops().size(); loop++) {
            boolean split = divided && loop == division.loop();
            String end = split ? "end" : method.size(code.loops().get(loop));
            method.openLoop(split ? "start" : "0", Positions.variable(loop), end, "1", false);
            int depth = loop + 1;
            lines.locals(line -> line.depth() == depth);
        }
        pass.reductions().forEach(lines::accumulate);
        pass.stores().forEach(lines::store);
        method.close(code.loops().size());
        result.write(method, "r" + fold.value(), "part");
        method.close(divided ? 1 : 0);
    }

    /** Of a part, rounded up. */
    private CodeBlock length(Dim extent, int parts) {
        return extent.isFixed()
                ? CodeBlock.of("$L", Math.ceilDiv(extent.fixed(), parts))
                : CodeBlock.of("$T.quotient($L + $L, $L)", DEVICE_MATH, method.size(extent), parts - 1, parts);
    }

    private void columns(Kernel.Columns columns) {
        var kept = new ArrayList<Integer>();
        var added = new ArrayList<Integer>();
        for (int loop = 0; loop < code.loops().size(); loop++) {
            (columns.result().uses(loop) ? kept : added).add(loop);
        }
        int open = open(kept);
        Op.Reduce reduce =
                (Op.Reduce) plan.program().instruction(columns.value()).op();
        ElementType element = plan.program().type(columns.value()).element();
        method.statement(
                "$T sum = $L",
                DeviceNames.type(element),
                lines.neutral(reduce, element).code());
        added.forEach(loop -> method.openLoop(loop, code.loops().get(loop)));
        lines.locals(_ -> true);
        Store store = code.passes().getFirst().stores().getFirst();
        lines.step(reduce, element, "sum", lines.text(store.line()));
        method.close(added.size());
        method.set(plan.place(columns.value()), columns.result(), CodeBlock.of("sum"));
        method.close(open);
    }
}
