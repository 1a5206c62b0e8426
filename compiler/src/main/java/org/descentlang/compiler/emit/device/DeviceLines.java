package org.descentlang.compiler.emit.device;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.descentlang.compiler.emit.text.FloatText;
import org.descentlang.compiler.emit.text.Text;
import org.descentlang.compiler.emit.text.Text.Binding;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.op.ScalarRule;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Code.Line;
import org.descentlang.compiler.plan.Code.Pass;
import org.descentlang.compiler.plan.Code.Reduction;
import org.descentlang.compiler.plan.Code.Store;
import org.descentlang.compiler.plan.Node;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.type.ElementType;

/** The lines of a kernel's code as statements and expressions of the method that is being written. */
final class DeviceLines {
    private static final int DEEPEST = 8;

    private final Plan plan;
    private final DeviceScalars scalars;
    private final Code code;
    private final DeviceMethod method;
    private final boolean wide;
    private final boolean[] local;
    private final Map<Integer, String> names = new HashMap<>();

    /** @param wide whether to add up in double precision */
    DeviceLines(Plan plan, DeviceScalars scalars, Code code, DeviceMethod method, boolean wide) {
        this.plan = plan;
        this.scalars = scalars;
        this.code = code;
        this.method = method;
        this.wide = wide;
        this.local = new boolean[code.lines().size()];
        chooseLocals();
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
            local[i] = uses[i] > 1 || random(i).isPresent();
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

    /** What is made here instead of being loaded. */
    private Optional<Op.Random> random(int number) {
        return code.node(number) instanceof Node.Load load
                        && plan.program().instruction(load.value()).op() instanceof Op.Random random
                        && FusedRandom.isFused(plan, load.value())
                ? Optional.of(random)
                : Optional.empty();
    }

    private Line line(int number) {
        return code.lines().get(number);
    }

    /** Declares the named lines that belong here. */
    void locals(Predicate<Line> here) {
        for (int i = 0; i < local.length; i++) {
            if (local[i] && here.test(line(i))) {
                String name = "t" + i;
                Text text = expression(i);
                method.statement("$T $L = $L", DeviceNames.type(code.node(i).element()), name, text.code());
                names.put(i, name);
            }
        }
    }

    void store(Store store) {
        method.set(plan.place(store.value()), store.offset(), text(store.line()).code());
    }

    private Op.Reducing op(Reduction reduction) {
        return (Op.Reducing) plan.program().instruction(reduction.value()).op();
    }

    void declare(Reduction reduction) {
        String name = "r" + reduction.value();
        ElementType element = code.node(reduction.line()).element();
        switch (op(reduction)) {
            case Op.Reduce reduce -> {
                boolean real = wide && element == ElementType.F32;
                TypeName type = real ? TypeName.DOUBLE : DeviceNames.type(element);
                method.statement(
                        "$T $L = $L", type, name, neutral(reduce, element).code());
            }
            case Op.ArgMax _ -> {
                method.statement("int $L = 0", name);
                Text least = element == ElementType.F32
                        ? DeviceText.literal(Double.NEGATIVE_INFINITY, element, false)
                        : FloatText.literal(Integer.MIN_VALUE, ElementType.I32);
                method.statement("$T $LValue = $L", DeviceNames.type(element), name, least.code());
            }
        }
    }

    Text neutral(Op.Reduce reduce, ElementType element) {
        return DeviceText.literal(ScalarRule.neutral(reduce.reduction(), element), element, wide);
    }

    void accumulate(Reduction reduction) {
        String name = "r" + reduction.value();
        Text value = text(reduction.line());
        ElementType element = code.node(reduction.line()).element();
        switch (op(reduction)) {
            case Op.Reduce reduce ->
                step(
                        reduce,
                        element,
                        name,
                        wide && element == ElementType.F32 ? Text.prefix("(double) ", value) : value);
            case Op.ArgMax _ -> {
                method.open("if ($L > $LValue)", value.in(Binding.SUM), name);
                method.statement("$LValue = $L", name, value.code());
                method.statement("$L = $L", name, method.position(reduction.position()));
                method.close(1);
            }
        }
    }

    void step(Op.Reduce reduce, ElementType element, String target, Text value) {
        boolean whole = element != ElementType.F32;
        method.statement(
                switch (reduce.reduction()) {
                    case SUM -> CodeBlock.of("$L += $L", target, value.code());
                    case PRODUCT, MAXIMUM, MINIMUM -> {
                        Text combined = DeviceText.combined(reduce.reduction(), whole, Text.primary(target), value);
                        yield CodeBlock.of("$L = $L", target, combined.code());
                    }
                });
    }

    Text text(int line) {
        String name = names.get(line);
        return name == null ? expression(line) : Text.primary(name);
    }

    private Text expression(int line) {
        return switch (code.node(line)) {
            case Node.Load load ->
                new Text(
                        random(line)
                                .map(random -> method.random(random, method.position(load.offset())))
                                .orElseGet(() -> method.get(plan.place(load.value()), load.offset())),
                        Binding.PRIMARY);
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
