package org.descentlang.compiler.emit.device;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.descentlang.compiler.emit.text.FloatText;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.emit.text.Text;
import org.descentlang.compiler.emit.text.Text.Binding;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.op.ScalarRule;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Code.Line;
import org.descentlang.compiler.plan.Code.Pass;
import org.descentlang.compiler.plan.Code.Reduction;
import org.descentlang.compiler.plan.Code.Store;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Node;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;

/** Prints the loops of a kernel for TornadoVM: a thread an element or, where something is reduced, a thread a result. */
final class DeviceKernelWriter {
    private static final int DEEPEST = 8;

    private final Plan plan;
    private final DeviceScalars scalars;
    private final Code code;
    private final DeviceMethod method;
    private final boolean wide;
    private final boolean[] local;
    private final Map<Integer, String> names = new HashMap<>();

    private DeviceKernelWriter(Plan plan, DeviceScalars scalars, Code code, boolean wide, boolean parallel) {
        this.plan = plan;
        this.scalars = scalars;
        this.code = code;
        this.method = new DeviceMethod(plan, parallel);
        this.wide = wide;
        this.local = new boolean[code.lines().size()];
        chooseLocals();
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

    /** @param first where in `partials` the partial results go */
    static DeviceMethod fold(
            Plan plan, DeviceScalars scalars, Kernel.Fold fold, int parts, int first, boolean parallel) {
        var writer = new DeviceKernelWriter(plan, scalars, fold.code(), true, parallel);
        writer.fold(fold, parts, first);
        return writer.method;
    }

    static DeviceMethod columns(Plan plan, DeviceScalars scalars, Kernel.Columns columns, boolean parallel) {
        var writer = new DeviceKernelWriter(plan, scalars, columns.code(), false, parallel);
        writer.columns(columns);
        return writer.method;
    }

    /** What is used twice, or in deeper loops than it needs, gets a name. */
    private void chooseLocals() {
        int[] uses = new int[local.length];
        int[] nested = new int[local.length];
        for (int i = 0; i < local.length; i++) {
            if (code.node(i) instanceof Node.Apply apply) {
                apply.operands().forEach(operand -> uses[operand]++);
            }
        }
        for (Pass pass : code.passes()) {
            pass.stores().forEach(store -> uses[store.line()] += pass.stores().size());
            // Of an ArgMax the value is compared and kept.
            pass.reductions().forEach(reduction -> uses[reduction.line()] += 2);
        }
        code.rowStores().forEach(store -> uses[store.line()]++);
        for (int i = 0; i < local.length; i++) {
            local[i] = uses[i] > 1;
            if (code.node(i) instanceof Node.Apply apply) {
                for (int operand : apply.operands()) {
                    local[operand] |= line(operand).depth() < line(i).depth();
                    nested[i] = Math.max(nested[i], local[operand] ? 0 : nested[operand] + 1);
                }
                local[i] |= nested[i] >= DEEPEST;
            }
        }
        for (int i = 0; i < local.length; i++) {
            local[i] &= switch (code.node(i)) {
                case Node.Literal _, Node.Host _, Node.Reduced _ -> false;
                case Node.Load _, Node.Position _, Node.Apply _ -> true;
            };
        }
    }

    private Line line(int number) {
        return code.lines().get(number);
    }

    private void elements() {
        int threads = Math.min(DeviceMethod.MOST_PARALLEL, code.loops().size());
        int open = openRows(threads, code.loops().size());
        locals(_ -> true);
        code.passes().forEach(pass -> pass.stores().forEach(this::store));
        code.rowStores().forEach(this::store);
        method.close(open);
    }

    private void reducedRows() {
        int rows = code.rowLoops();
        int open = openRows(Math.min(DeviceMethod.MOST_PARALLEL, rows), rows);
        locals(line -> line.depth() <= rows && line.pass() < 0);
        for (int i = 0; i < code.passes().size(); i++) {
            pass(i);
            int done = i;
            locals(line -> line.depth() <= rows && line.pass() == done);
        }
        code.rowStores().forEach(this::store);
        method.close(open);
    }

    private int openRows(int threads, int loops) {
        return open(numbers(0, threads), numbers(threads, loops));
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private int open(List<Integer> threads, List<Integer> loops) {
        int open = method.openParallel(threads, code.loops());
        for (int loop : loops) {
            method.openLoop(loop, code.loops().get(loop));
        }
        return open + loops.size();
    }

    private void pass(int number) {
        Pass pass = code.passes().get(number);
        pass.reductions().forEach(this::declare);
        for (int loop = code.rowLoops(); loop < code.loops().size(); loop++) {
            method.openLoop(loop, code.loops().get(loop));
            int depth = loop + 1;
            locals(line -> line.depth() == depth && line.pass() == number);
        }
        pass.stores().forEach(this::store);
        pass.reductions().forEach(this::accumulate);
        method.close(code.columnLoops());
    }

    /** Every `parts`-th element of the outermost loop belongs to one thread: neighbours read neighbours. */
    private void fold(Kernel.Fold fold, int parts, int first) {
        int loops = code.loops().size();
        boolean threads = parts > 1;
        if (threads) {
            method.openLoop("0", "part", Integer.toString(parts), "1", true);
        }
        locals(line -> line.depth() == 0);
        Pass pass = code.passes().getFirst();
        pass.reductions().forEach(this::declare);
        for (int loop = 0; loop < loops; loop++) {
            Dim extent = code.loops().get(loop);
            boolean split = threads && loop == 0;
            method.openLoop(
                    split ? "part" : "0",
                    Positions.variable(loop),
                    method.size(extent),
                    split ? Integer.toString(parts) : "1",
                    false);
            int depth = loop + 1;
            locals(line -> line.depth() == depth);
        }
        pass.reductions().forEach(this::accumulate);
        pass.stores().forEach(this::store);
        method.close(loops);
        method.statement(
                "$L.set($L, $L)",
                method.doubles("partials"),
                threads ? first + " + part" : Integer.toString(first),
                "r" + fold.value());
        method.close(threads ? 1 : 0);
    }

    private void columns(Kernel.Columns columns) {
        var kept = new ArrayList<Integer>();
        var added = new ArrayList<Integer>();
        for (int loop = 0; loop < code.loops().size(); loop++) {
            (columns.result().uses(loop) ? kept : added).add(loop);
        }
        int threads = Math.min(DeviceMethod.MOST_PARALLEL, kept.size());
        int open = open(kept.subList(0, threads), kept.subList(threads, kept.size()));
        Op.Reduce reduce =
                (Op.Reduce) plan.program().instruction(columns.value()).op();
        ElementType element = plan.program().type(columns.value()).element();
        method.statement(
                "$T sum = $L",
                DeviceNames.type(element),
                neutral(reduce, element).code());
        added.forEach(loop -> method.openLoop(loop, code.loops().get(loop)));
        locals(_ -> true);
        Store store = code.passes().getFirst().stores().getFirst();
        step(reduce, element, "sum", text(store.line()));
        method.close(added.size());
        method.set(plan.place(columns.value()), columns.result(), CodeBlock.of("sum"));
        method.close(open);
    }

    private void locals(Predicate<Line> here) {
        for (int i = 0; i < local.length; i++) {
            if (local[i] && here.test(line(i))) {
                String name = "t" + i;
                Text text = expression(i);
                method.statement("$T $L = $L", DeviceNames.type(code.node(i).element()), name, text.code());
                names.put(i, name);
            }
        }
    }

    private void store(Store store) {
        method.set(plan.place(store.value()), store.offset(), text(store.line()).code());
    }

    private Op op(Reduction reduction) {
        return plan.program().instruction(reduction.value()).op();
    }

    private void declare(Reduction reduction) {
        String name = "r" + reduction.value();
        ElementType element = code.node(reduction.line()).element();
        if (op(reduction) instanceof Op.Reduce reduce) {
            boolean real = wide && element == ElementType.F32;
            TypeName type = real ? TypeName.DOUBLE : DeviceNames.type(element);
            method.statement("$T $L = $L", type, name, neutral(reduce, element).code());
        } else {
            method.statement("int $L = 0", name);
            Text least = element == ElementType.F32
                    ? DeviceText.literal(Double.NEGATIVE_INFINITY, element, false)
                    : FloatText.literal(Integer.MIN_VALUE, ElementType.I32);
            method.statement("$T $LValue = $L", DeviceNames.type(element), name, least.code());
        }
    }

    private Text neutral(Op.Reduce reduce, ElementType element) {
        return DeviceText.literal(ScalarRule.neutral(reduce.reduction(), element), element, wide);
    }

    private void accumulate(Reduction reduction) {
        String name = "r" + reduction.value();
        Text value = text(reduction.line());
        ElementType element = code.node(reduction.line()).element();
        if (op(reduction) instanceof Op.Reduce reduce) {
            step(reduce, element, name, wide && element == ElementType.F32 ? Text.prefix("(double) ", value) : value);
        } else {
            method.open("if ($L > $LValue)", value.in(Binding.SUM), name);
            method.statement("$LValue = $L", name, value.code());
            method.statement("$L = $L", name, method.position(reduction.position()));
            method.close(1);
        }
    }

    private void step(Op.Reduce reduce, ElementType element, String target, Text value) {
        boolean whole = element != ElementType.F32;
        Text sum = Text.primary(target);
        switch (reduce.reduction()) {
            case SUM -> method.statement("$L += $L", target, value.code());
            case PRODUCT -> method.statement("$L *= $L", target, value.code());
            case MAXIMUM ->
                method.statement(
                        "$L = $L", target, DeviceText.maximum(whole, sum, value).code());
            case MINIMUM ->
                method.statement(
                        "$L = $L", target, DeviceText.minimum(whole, sum, value).code());
        }
    }

    private Text text(int line) {
        String name = names.get(line);
        return name == null ? expression(line) : Text.primary(name);
    }

    private Text expression(int line) {
        return switch (code.node(line)) {
            case Node.Load load -> new Text(method.get(plan.place(load.value()), load.offset()), Binding.PRIMARY);
            case Node.Literal literal -> DeviceText.literal(literal.value(), literal.element(), false);
            case Node.Host host -> Text.primary(scalars.host(method, host.value()));
            case Node.Position position -> Text.primary("($L)", method.position(position.position()));
            case Node.Reduced result -> Text.primary("r" + result.value());
            case Node.Apply apply ->
                DeviceText.of(
                        apply.op(),
                        code.node(apply.operands().getFirst()).element(),
                        apply.operands().stream().map(this::text).toList(),
                        "float");
        };
    }
}
