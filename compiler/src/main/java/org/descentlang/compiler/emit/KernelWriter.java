package org.descentlang.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.Text.Binding;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.op.ScalarRule;
import org.descentlang.compiler.plan.Affine;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Code.Line;
import org.descentlang.compiler.plan.Code.Pass;
import org.descentlang.compiler.plan.Code.Reduction;
import org.descentlang.compiler.plan.Code.Store;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Node;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;

/** Prints the loops of one kernel as a static method: plain Java that HotSpot can turn into vector code. */
final class KernelWriter {
    /** Independent partial results of a long reduction: a single chain of additions would wait for each. */
    private static final int LANES = 8;

    private static final int SHORTEST_WITH_LANES = 32;
    private static final int LARGEST_WITH_LANES = 25;
    private static final int DEEPEST = 8;

    private final Plan plan;
    private final ScalarNames scalars;
    private final Code code;
    private final boolean wide;
    private final Optional<Integer> split;
    private final int[] uses;
    private final boolean[] local;
    private final CodeBlock.Builder body = CodeBlock.builder();
    private final Map<Integer, String> names = new HashMap<>();
    private final Map<Integer, String> reduced = new HashMap<>();
    private int lane;
    private boolean inLanes;

    private KernelWriter(Plan plan, ScalarNames scalars, Code code, boolean wide, Optional<Integer> split) {
        this.plan = plan;
        this.scalars = scalars;
        this.code = code;
        this.wide = wide;
        this.split = split;
        this.uses = new int[code.lines().size()];
        this.local = new boolean[code.lines().size()];
        chooseLocals();
    }

    static KernelMethod rows(Plan plan, ScalarNames scalars, String name, Code code) {
        boolean reduces =
                code.passes().stream().anyMatch(pass -> !pass.reductions().isEmpty());
        boolean splits = !code.loops().isEmpty() && (code.rowLoops() > 0 || !reduces);
        var writer = new KernelWriter(plan, scalars, code, false, splits ? Optional.of(0) : Optional.empty());
        writer.rows();
        return writer.method(name, TypeName.VOID);
    }

    static KernelMethod fold(Plan plan, ScalarNames scalars, Kernel.Fold fold) {
        var writer = new KernelWriter(plan, scalars, fold.code(), true, Optional.of(0));
        writer.rows();
        boolean whole = plan.program().type(fold.value()).element() == ElementType.I32;
        writer.body.addStatement("return $L", writer.reducedName(fold.value()));
        return writer.method(fold.name(), whole ? TypeName.INT : TypeName.DOUBLE);
    }

    static KernelMethod columns(Plan plan, ScalarNames scalars, Kernel.Columns columns) {
        int last = columns.code().loops().size() - 1;
        var writer = new KernelWriter(plan, scalars, columns.code(), false, Optional.of(last));
        writer.columns(columns);
        return writer.method(columns.name(), TypeName.VOID);
    }

    private KernelMethod method(String name, TypeName returned) {
        var method =
                MethodSpec.methodBuilder(name).addModifiers(Modifier.STATIC).returns(returned);
        var places = new ArrayList<Place>();
        var hosts = new TreeSet<Integer>();
        boolean rows = false;
        for (int loop = 0; loop < code.loops().size(); loop++) {
            rows |= !code.loops().get(loop).isFixed() && !split.equals(Optional.of(loop));
        }
        for (Line line : code.lines()) {
            switch (line.node()) {
                case Node.Load load -> {
                    places.add(plan.place(load.value()));
                    rows |= !load.offset().isFixed();
                }
                case Node.Host host -> hosts.add(host.value());
                case Node.Position position -> rows |= !position.position().isFixed();
                case Node.Apply _, Node.Literal _, Node.Reduced _ -> {}
            }
        }
        for (Store store : stores()) {
            places.add(plan.place(store.value()));
            rows |= !store.offset().isFixed();
        }
        var slabs = new TreeSet<>(places.stream().map(Place::slab).toList());
        boolean capacity = places.stream().anyMatch(place -> !place.offset().isFixed());
        slabs.forEach(slab -> method.addParameter(slab.isFloats() ? float[].class : int[].class, slab.text()));
        hosts.forEach(host -> method.addParameter(type(plan.program().type(host).element()), scalars.name(host)));
        if (capacity) {
            method.addParameter(int.class, "capacity");
        }
        if (rows) {
            method.addParameter(int.class, "rows");
        }
        if (split.isPresent()) {
            method.addParameter(int.class, "from").addParameter(int.class, "to");
        }
        method.addCode(body.build());
        return new KernelMethod(
                method.build(),
                List.copyOf(slabs),
                List.copyOf(hosts),
                capacity,
                rows,
                split.map(loop -> code.loops().get(loop)));
    }

    private List<Store> stores() {
        var all = new ArrayList<>(code.rowStores());
        code.passes().forEach(pass -> all.addAll(pass.stores()));
        return all;
    }

    /** What is used twice, or in deeper loops than it needs, gets a name. */
    private void chooseLocals() {
        int[] nested = new int[uses.length];
        for (int i = 0; i < uses.length; i++) {
            if (code.node(i) instanceof Node.Apply apply) {
                apply.operands().forEach(operand -> uses[operand]++);
            }
        }
        for (Pass pass : code.passes()) {
            pass.stores().forEach(store -> use(store.line(), pass.stores().size() > 1));
            pass.reductions().forEach(reduction -> use(reduction.line(), op(reduction) instanceof Op.ArgMax));
        }
        code.rowStores().forEach(store -> use(store.line(), false));
        for (int i = 0; i < uses.length; i++) {
            local[i] |= uses[i] > 1;
            if (code.node(i) instanceof Node.Apply apply) {
                for (int operand : apply.operands()) {
                    local[operand] |= depth(operand) < depth(i);
                    nested[i] = Math.max(nested[i], local[operand] ? 0 : nested[operand] + 1);
                }
                local[i] |= nested[i] >= DEEPEST;
            }
        }
        for (Pass pass : code.passes()) {
            pass.stores()
                    .forEach(store -> local[store.line()] |=
                            depth(store.line()) < code.loops().size());
            pass.reductions()
                    .forEach(reduction -> local[reduction.line()] |=
                            depth(reduction.line()) < code.loops().size());
        }
        for (int i = 0; i < uses.length; i++) {
            boolean atom = switch (code.node(i)) {
                case Node.Literal _, Node.Host _, Node.Reduced _ -> true;
                case Node.Load _, Node.Position _, Node.Apply _ -> false;
            };
            local[i] &= !atom;
        }
    }

    private void use(int line, boolean named) {
        uses[line]++;
        local[line] |= named;
    }

    private int depth(int line) {
        return code.lines().get(line).depth();
    }

    private void rows() {
        locals(0, -1);
        open(0, code.rowLoops(), -1);
        for (int pass = 0; pass < code.passes().size(); pass++) {
            if (pass > 0) {
                locals(code.rowLoops(), pass - 1);
            }
            pass(pass);
        }
        if (!code.rowStores().isEmpty()) {
            locals(code.rowLoops(), code.passes().size() - 1);
        }
        code.rowStores().forEach(this::store);
        close(code.rowLoops());
    }

    /** Opens loops {@code first .. end - 1}, each with the lines that belong inside it. */
    private void open(int first, int end, int pass) {
        for (int loop = first; loop < end; loop++) {
            String variable = Positions.variable(loop);
            body.beginControlFlow("for (int $1L = $2L; $1L < $3L; $1L++)", variable, start(loop), end(loop));
            locals(loop + 1, pass);
        }
    }

    private void close(int loops) {
        for (int i = 0; i < loops; i++) {
            body.endControlFlow();
        }
    }

    private String start(int loop) {
        return split.equals(Optional.of(loop)) ? "from" : "0";
    }

    private String end(int loop) {
        return split.equals(Optional.of(loop))
                ? "to"
                : Positions.size(code.loops().get(loop));
    }

    private void locals(int depth, int pass) {
        for (int i = 0; i < local.length; i++) {
            Line line = code.lines().get(i);
            if (local[i] && line.depth() == depth && line.pass() == pass) {
                Text text = expression(i);
                String name = "t" + i + (inLanes ? "_" + lane : "");
                body.addStatement("$T $L = $L", type(line.node().element()), name, text.code());
                names.put(i, name);
            }
        }
    }

    private void pass(int number) {
        Pass pass = code.passes().get(number);
        int loops = code.loops().size();
        boolean lanes = hasLanes(number);
        pass.reductions().forEach(reduction -> declare(reduction, lanes));
        if (loops == code.rowLoops()) {
            element(pass);
            return;
        }
        open(code.rowLoops(), loops - 1, number);
        if (lanes) {
            lanes(number);
        } else {
            open(Math.max(code.rowLoops(), loops - 1), loops, number);
            element(pass);
            close(1);
        }
        close(loops - 1 - code.rowLoops());
        if (lanes) {
            pass.reductions().forEach(this::combine);
        }
    }

    private boolean hasLanes(int number) {
        Pass pass = code.passes().get(number);
        boolean simple = !pass.reductions().isEmpty()
                && pass.reductions().stream().allMatch(reduction -> op(reduction) instanceof Op.Reduce)
                && code.lines().stream().filter(line -> line.pass() == number).count() <= LARGEST_WITH_LANES;
        Dim last = code.loops().isEmpty() ? Dim.ONE : code.loops().getLast();
        return simple && code.columnLoops() > 0 && (!last.isFixed() || last.fixed() >= SHORTEST_WITH_LANES);
    }

    private void lanes(int number) {
        int loop = code.loops().size() - 1;
        Pass pass = code.passes().get(number);
        String variable = Positions.variable(loop);
        body.addStatement("int $L = $L", variable, start(loop));
        body.beginControlFlow("for (; $1L <= $2L - $3L; $1L += $3L)", variable, end(loop), LANES);
        inLanes = true;
        for (lane = 0; lane < LANES; lane++) {
            locals(loop + 1, number);
            element(pass);
        }
        lane = 0;
        body.endControlFlow();
        body.beginControlFlow("for (; $1L < $2L; $1L++)", variable, end(loop));
        locals(loop + 1, number);
        element(pass);
        inLanes = false;
        body.endControlFlow();
    }

    private void element(Pass pass) {
        pass.stores().forEach(this::store);
        for (Reduction reduction : pass.reductions()) {
            switch (op(reduction)) {
                case Op.Reduce reduce -> accumulate(reduce, reduction);
                default -> largest(reduction);
            }
        }
    }

    private String reducedName(int value) {
        return reduced.getOrDefault(value, "r" + value);
    }

    private Op op(Reduction reduction) {
        return plan.program().instruction(reduction.value()).op();
    }

    private void declare(Reduction reduction, boolean lanes) {
        String name = "r" + reduction.value();
        reduced.put(reduction.value(), name);
        ElementType element = code.node(reduction.line()).element();
        if (op(reduction) instanceof Op.Reduce reduce) {
            CodeBlock neutral = neutral(reduce, element);
            for (int i = 0; i < (lanes ? LANES : 1); i++) {
                body.addStatement("$T $L = $L", accumulator(element), lanes ? name + "_" + i : name, neutral);
            }
        } else {
            body.addStatement("int $L = 0", name);
            body.addStatement(
                    "$T $LValue = $L",
                    type(element),
                    name,
                    element == ElementType.I32 ? "Integer.MIN_VALUE" : "Float.NEGATIVE_INFINITY");
        }
    }

    private CodeBlock neutral(Op.Reduce reduce, ElementType element) {
        double value = ScalarRule.neutral(reduce.reduction(), element);
        boolean real = wide && element == ElementType.F32;
        return (real ? DoubleText.literal(value) : FloatText.literal(value, element)).code();
    }

    private TypeName accumulator(ElementType element) {
        return wide && element == ElementType.F32 ? TypeName.DOUBLE : type(element);
    }

    private void accumulate(Op.Reduce reduce, Reduction reduction) {
        String name = reducedName(reduction.value()) + (inLanes ? "_" + lane : "");
        step(reduce, name, text(reduction.line()));
    }

    private void step(Op.Reduce reduce, String target, Text value) {
        switch (reduce.reduction()) {
            case SUM -> body.addStatement("$L += $L", target, value.code());
            case PRODUCT -> body.addStatement("$L *= $L", target, value.code());
            case MAXIMUM -> body.addStatement("$1L = $2T.max($1L, $3L)", target, Math.class, value.code());
            case MINIMUM -> body.addStatement("$1L = $2T.min($1L, $3L)", target, Math.class, value.code());
        }
    }

    /** Lanes in pairs, then pairs of pairs. */
    private void combine(Reduction reduction) {
        String name = reducedName(reduction.value());
        Op.Reduce reduce = (Op.Reduce) op(reduction);
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                step(reduce, name + "_" + i, Text.primary("$L_$L", name, i + half));
            }
        }
        reduced.put(reduction.value(), name + "_0");
    }

    private void largest(Reduction reduction) {
        String name = reducedName(reduction.value());
        Text value = text(reduction.line());
        body.beginControlFlow("if ($L > $LValue)", value.in(Binding.SUM), name);
        body.addStatement("$LValue = $L", name, value.code());
        body.addStatement("$L = $L", name, Positions.text(reduction.position(), Offset.ZERO, -1, 0));
        body.endControlFlow();
    }

    private void store(Store store) {
        body.addStatement("$L = $L", element(store.value(), store.offset()), stored(store));
    }

    private CodeBlock stored(Store store) {
        Text value = text(store.line());
        boolean bool = code.node(store.line()).element() == ElementType.BOOL;
        return bool ? FloatText.conditional(value, "1", "0").code() : value.code();
    }

    private String element(int value, Affine offset) {
        Place place = plan.place(value);
        int last = code.loops().size() - 1;
        return place.slab().text() + "[" + Positions.text(offset, place.offset(), last, inLanes ? lane : 0) + "]";
    }

    private void columns(Kernel.Columns columns) {
        Op.Reduce reduce =
                (Op.Reduce) plan.program().instruction(columns.value()).op();
        int loops = code.loops().size();
        ElementType element = plan.program().type(columns.value()).element();
        int opened = 0;
        for (int loop = 0; loop < loops; loop++) {
            if (columns.result().uses(loop)) {
                body.beginControlFlow(
                        "for (int $1L = $2L; $1L < $3L; $1L++)", Positions.variable(loop), start(loop), end(loop));
                opened++;
            }
        }
        body.addStatement("$L = $L", element(columns.value(), columns.result()), neutral(reduce, element));
        close(opened);
        locals(0, -1);
        open(0, code.rowLoops(), -1);
        open(code.rowLoops(), loops, 0);
        Store store = code.passes().getFirst().stores().getFirst();
        step(reduce, element(store.value(), store.offset()), text(store.line()));
        close(loops);
    }

    private Text text(int line) {
        String name = names.get(line);
        return name == null ? expression(line) : Text.primary("$L", name);
    }

    private Text expression(int line) {
        return switch (code.node(line)) {
            case Node.Load load -> load(load);
            case Node.Literal literal -> FloatText.literal(literal.value(), literal.element());
            case Node.Host host -> Text.primary("$L", scalars.name(host.value()));
            case Node.Position position -> position(position.position());
            case Node.Reduced result -> Text.primary("$L", reducedName(result.value()));
            case Node.Apply apply ->
                FloatText.of(
                        apply.op(),
                        code.node(apply.operands().getFirst()).element(),
                        apply.operands().stream().map(this::text).toList());
        };
    }

    private Text position(Affine position) {
        String text = Positions.text(position, Offset.ZERO, code.loops().size() - 1, inLanes ? lane : 0);
        return text.matches("\\w+") ? Text.primary("$L", text) : Text.primary("($L)", text);
    }

    private Text load(Node.Load load) {
        Text element = Text.primary("$L", element(load.value(), load.offset()));
        return load.element() == ElementType.BOOL
                ? Text.infix(element, "!=", Text.primary("0"), Binding.EQUALITY)
                : element;
    }

    static TypeName type(ElementType element) {
        return switch (element) {
            case F32 -> TypeName.FLOAT;
            case I32 -> TypeName.INT;
            case BOOL -> TypeName.BOOLEAN;
        };
    }
}
