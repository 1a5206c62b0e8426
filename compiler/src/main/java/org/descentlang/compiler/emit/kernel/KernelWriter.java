package org.descentlang.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import org.descentlang.compiler.emit.text.Accumulation;
import org.descentlang.compiler.emit.text.DoubleText;
import org.descentlang.compiler.emit.text.FloatText;
import org.descentlang.compiler.emit.text.Locals;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.emit.text.RuntimeNames;
import org.descentlang.compiler.emit.text.Text;
import org.descentlang.compiler.emit.text.Text.Binding;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.op.ScalarRule;
import org.descentlang.compiler.plan.Affine;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Code.Line;
import org.descentlang.compiler.plan.Code.Pass;
import org.descentlang.compiler.plan.Code.Store;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Node;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;

/**
 * What the plain and the vector form of a kernel have in common: the method's parameters, loops over rows, and what is
 * computed once for a row. Both give the same bits: element-wise operations are the same ones, and a long sum has
 * {@link #LANES} partial sums in either.
 */
public abstract class KernelWriter {
    /** Partial results of a long sum: element i goes to number i mod 16. As many as the longest vectors have lanes. */
    static final int LANES = 16;

    /** Sums of one pass that may have partial results at the same time; scratch memory is made for so many. */
    private static final int MOST_SUMS = 16;

    /** Vectors of sixteen lanes for which a kernel has scratch memory. */
    static final int SCRATCH_VECTORS = 32;

    private static final int DEEPEST = 8;

    private static final long ELEMENTS_OF_A_CALL = 2048;

    /** Two lines of a cache on either side of a cut. */
    private static final long LEAST_COLUMNS = 128;

    final Plan plan;
    final Operands operands;
    final Code code;
    /** Whether everything becomes one number, summed up in double precision. */
    final boolean wide;
    /** The loop of which a call runs a part. */
    final Optional<Integer> split;

    final CodeBlock.Builder body = CodeBlock.builder();
    /** Lines that are kept in a variable. */
    final boolean[] local;

    private final Map<Integer, String> names = new HashMap<>();

    KernelWriter(Operands operands, Code code, boolean wide, Optional<Integer> split) {
        this.plan = operands.plan();
        this.operands = operands;
        this.code = code;
        this.wide = wide;
        this.split = split;
        this.local = Locals.of(plan.program(), code, DEEPEST);
    }

    static Optional<Integer> splitOfRows(Code code) {
        boolean reduces =
                code.passes().stream().anyMatch(pass -> !pass.reductions().isEmpty());
        boolean splits = !code.loops().isEmpty() && (code.rowLoops() > 0 || !reduces);
        return splits ? Optional.of(0) : Optional.empty();
    }

    static Optional<Integer> splitOf(Kernel.Columns columns) {
        return Optional.of(columns.code().loops().size() - 1);
    }

    /** @param pass writes one run over the columns of a row, by its number */
    final KernelMethod rowsMethod(String name, IntConsumer pass) {
        rows(pass);
        return method(name, TypeName.VOID, Scratch.ofRows(plan.program(), code));
    }

    /** @param pass as for rows */
    final KernelMethod foldMethod(Kernel.Fold fold, IntConsumer pass) {
        rows(pass);
        boolean whole = plan.program().type(fold.value()).element() == ElementType.I32;
        body.addStatement("return r$L", fold.value());
        return method(fold.name(), whole ? TypeName.INT : TypeName.DOUBLE);
    }

    private void rows(IntConsumer pass) {
        locals(0, -1);
        open(0, code.rowLoops(), -1);
        for (int number = 0; number < code.passes().size(); number++) {
            if (number > 0) {
                locals(code.rowLoops(), number - 1);
            }
            pass.accept(number);
        }
        if (!code.rowStores().isEmpty()) {
            locals(code.rowLoops(), code.passes().size() - 1);
        }
        code.rowStores().forEach(this::store);
        close(code.rowLoops());
    }

    final KernelMethod method(String name, TypeName returned) {
        return method(name, returned, Scratch.of(plan.program(), code, wide));
    }

    final KernelMethod method(String name, TypeName returned, Scratch scratch) {
        var values = new TreeSet<Integer>();
        var hosts = new TreeSet<Integer>();
        boolean rows = false;
        for (int loop = 0; loop < code.loops().size(); loop++) {
            rows |= !code.loops().get(loop).isFixed() && !split.equals(Optional.of(loop));
        }
        for (Line line : code.lines()) {
            switch (line.node()) {
                case Node.Load load -> {
                    values.add(load.value());
                    rows |= !load.offset().isFixed();
                }
                case Node.Host host -> hosts.add(host.value());
                case Node.Position position -> rows |= !position.position().isFixed();
                case Node.Apply _, Node.Literal _, Node.Reduced _ -> {}
            }
        }
        for (Store store : stores()) {
            values.add(store.value());
            rows |= !store.offset().isFixed();
        }
        return new KernelHead(operands, values, hosts, rows, scratch, split.map(this::split))
                .method(name, returned, body.build(), Set.of());
    }

    private KernelMethod.Split split(int loop) {
        long inner = 1;
        for (int other = 0; other < code.loops().size(); other++) {
            inner *= other == loop ? 1 : plan.capacity().estimate(code.loops().get(other));
        }
        long unit = loop == last() ? LEAST_COLUMNS : 1;
        long turns = Math.max(unit, ELEMENTS_OF_A_CALL / Math.max(1, inner));
        // Whole vectors, where rows lie side by side.
        return new KernelMethod.Split(code.loops().get(loop), turns < LANES ? turns : turns / LANES * LANES);
    }

    private List<Store> stores() {
        var all = new ArrayList<>(code.rowStores());
        code.passes().forEach(pass -> all.addAll(pass.stores()));
        return all;
    }

    final int depth(int line) {
        return code.lines().get(line).depth();
    }

    final int last() {
        return code.loops().size() - 1;
    }

    /** Opens loops {@code first .. end - 1}, each with the lines that belong inside it. */
    final void open(int first, int end, int pass) {
        for (int loop = first; loop < end; loop++) {
            String variable = Positions.variable(loop);
            body.beginControlFlow("for (int $1L = $2L; $1L < $3L; $1L++)", variable, start(loop), end(loop));
            locals(loop + 1, pass);
        }
    }

    final void close(int loops) {
        for (int i = 0; i < loops; i++) {
            body.endControlFlow();
        }
    }

    final String start(int loop) {
        return split.equals(Optional.of(loop)) ? "from" : "0";
    }

    final String end(int loop) {
        return split.equals(Optional.of(loop))
                ? "to"
                : Positions.size(code.loops().get(loop));
    }

    final void locals(int depth, int pass) {
        for (int i = 0; i < local.length; i++) {
            Line line = code.lines().get(i);
            if (local[i] && line.depth() == depth && line.pass() == pass) {
                local(i);
            }
        }
    }

    /** Puts a line into a variable. */
    void local(int line) {
        Text text = expression(line);
        String name = "t" + line;
        body.addStatement("$T $L = $L", type(code.node(line).element()), name, text.code());
        names.put(line, name);
    }

    /** Whether the sums of a pass are so long that they have partial results. */
    final boolean hasLanes(int number) {
        return hasLanes(plan.program(), code, number);
    }

    static boolean hasLanes(Program program, Code code, int number) {
        long sums = sums(program, code.passes().get(number)).size();
        if (sums == 0 || sums > MOST_SUMS || code.columnLoops() == 0) {
            return false;
        }
        Dim last = code.loops().getLast();
        return code.columnLoops() > 1 || !last.isFixed() || last.fixed() > LANES;
    }

    final List<Code.Reduction> sums(int pass) {
        return sums(plan.program(), code.passes().get(pass));
    }

    /** Sums and products of f32: their bits depend on the order. */
    static List<Code.Reduction> sums(Program program, Pass pass) {
        return pass.reductions().stream()
                .filter(reduction -> program.type(reduction.value()).element() == ElementType.F32
                        && switch (op(program, reduction)) {
                            case Op.Reduce(var kind, var _) -> kind.rounds();
                            case Op.ArgMax _ -> false;
                        })
                .toList();
    }

    final Op.Reducing op(Code.Reduction reduction) {
        return op(plan.program(), reduction);
    }

    static Op.Reducing op(Program program, Code.Reduction reduction) {
        return (Op.Reducing) program.instruction(reduction.value()).op();
    }

    final CodeBlock neutral(Op.Reduce reduce, ElementType element) {
        double value = ScalarRule.neutral(reduce.reduction(), element);
        boolean real = wide && element == ElementType.F32;
        return (real ? DoubleText.literal(value) : FloatText.literal(value, element)).code();
    }

    final TypeName accumulator(ElementType element) {
        return wide && element == ElementType.F32 ? TypeName.DOUBLE : type(element);
    }

    final void step(Op.Reduce reduce, String target, Text value) {
        body.addStatement(Accumulation.step(reduce.reduction(), target, value.code()));
    }

    /** The partial results of a sum, put together. */
    final void combine(Code.Reduction reduction, int number) {
        Op.Reduce reduce = (Op.Reduce) op(reduction);
        body.addStatement(
                "$T r$L = $T.$L($L, $L)",
                wide ? TypeName.DOUBLE : TypeName.FLOAT,
                reduction.value(),
                RuntimeNames.LANES,
                switch (reduce.reduction()) {
                    case SUM -> "sum";
                    case PRODUCT -> "product";
                    case MAXIMUM, MINIMUM -> throw new IllegalArgumentException(reduce.toString());
                },
                scratchName(),
                LANES * number);
    }

    final String scratchName() {
        return wide ? "sums" : "lanes";
    }

    final void store(Store store) {
        body.addStatement("$L = $L", element(store.value(), store.offset()), stored(store));
    }

    private CodeBlock stored(Store store) {
        Text value = text(store.line());
        boolean bool = code.node(store.line()).element() == ElementType.BOOL;
        return bool ? FloatText.conditional(value, "1", "0").code() : value.code();
    }

    final String element(int value, Affine offset) {
        return operands.array(value) + "[" + position(value, offset, 0) + "]";
    }

    /** @param shift elements further along the last loop */
    final String position(int value, Affine offset, int shift) {
        return operands.position(value, offset, last(), shift);
    }

    final Text text(int line) {
        String name = names.get(line);
        return name == null ? expression(line) : Text.primary("$L", name);
    }

    final Text expression(int line) {
        return switch (code.node(line)) {
            case Node.Load load -> load(load);
            case Node.Literal literal -> FloatText.literal(literal.value(), literal.element());
            case Node.Host host -> Text.primary("$L", operands.scalar(host.value()));
            case Node.Position position -> position(position.position());
            case Node.Reduced result -> Text.primary("r$L", result.value());
            case Node.Apply apply ->
                FloatText.of(
                        apply.op(),
                        code.node(apply.operands().getFirst()).element(),
                        apply.operands().stream().map(this::text).toList());
        };
    }

    private static Text position(Affine position) {
        String text = Positions.text(position, Offset.ZERO, -1, 0);
        return text.matches("\\w+") ? Text.primary("$L", text) : Text.primary("($L)", text);
    }

    private Text load(Node.Load load) {
        Text element = Text.primary("$L", element(load.value(), load.offset()));
        return load.element() == ElementType.BOOL
                ? Text.infix(element, "!=", Text.primary("0"), Binding.EQUALITY)
                : element;
    }

    public static TypeName type(ElementType element) {
        return switch (element) {
            case F32 -> TypeName.FLOAT;
            case I32 -> TypeName.INT;
            case BOOL -> TypeName.BOOLEAN;
        };
    }
}
