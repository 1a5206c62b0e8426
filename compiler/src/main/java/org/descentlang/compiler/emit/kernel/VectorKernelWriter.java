package org.descentlang.compiler.emit.kernel;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.descentlang.compiler.emit.kernel.VectorValue.Kind;
import org.descentlang.compiler.emit.text.FloatText;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.emit.text.Text;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Reduction;
import org.descentlang.compiler.op.ScalarRule;
import org.descentlang.compiler.plan.Affine;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Code.Line;
import org.descentlang.compiler.plan.Code.Pass;
import org.descentlang.compiler.plan.Code.Store;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Node;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;

/**
 * A kernel with the Vector API, for vectors of a given number of lanes: the innermost loop takes a vector, or as many as have sixteen
 * lanes, at a time. What is left over at its end is done under a mask.
 */
final class VectorKernelWriter extends KernelWriter {
    /** Vectors of columns that are added up side by side, to hide the latency of an addition. */
    private static final int COLUMN_VECTORS = 4;

    /**
     * Elements that one turn of a loop through memory takes: a processor fetches ahead as many turns as it sees, and with sixteen elements these
     * are too few (25 million squares of one thread: 7.4 ms, and 3.9 with 64).
     */
    private static final int ELEMENTS_OF_A_TURN = 64;

    /** Lines in such a turn: a method must stay short enough for HotSpot to compile it. */
    private static final int MOST_LINES_OF_A_TURN = 128;

    private final int lanes;
    private final VectorText vectors;
    /** The form that lines have in the vector at hand. */
    private final Map<Integer, VectorValue> values = new HashMap<>();

    private Optional<String> mask = Optional.empty();
    /** Elements that the vector at hand is beyond the loop variable. */
    private int shift;
    /** Whether a turn takes {@link #ELEMENTS_OF_A_TURN}. */
    private boolean throughMemory;
    /** Vectors that a reduction is gathered in. */
    private int accumulators = 1;

    private VectorKernelWriter(Operands operands, Code code, boolean wide, Optional<Integer> split, int lanes) {
        super(operands, code, wide, split);
        this.lanes = lanes;
        this.vectors = new VectorText(body, lanes);
    }

    static KernelMethod rows(Operands operands, String name, Code code, int lanes) {
        return new VectorKernelWriter(operands, code, false, splitOfRows(code), lanes).rowsMethod(name);
    }

    static KernelMethod fold(Operands operands, Kernel.Fold fold, int lanes) {
        var writer = new VectorKernelWriter(operands, fold.code(), true, Optional.of(0), lanes / 2);
        writer.halve(lanes / 2);
        writer.throughMemory = fold.parts() > 1 && writer.isStream();
        return writer.foldMethod(fold);
    }

    /** Vectors of floats with as many lanes as those of doubles that they are added to; also, fewer of their loads straddle lines of a cache. */
    private void halve(int half) {
        species("FLOATS", TypeName.FLOAT, VectorText.FLOAT_VECTOR, half);
        species("INTS", TypeName.INT, VectorText.INT_VECTOR, half);
    }

    private void species(String name, TypeName element, ClassName vector, int half) {
        body.addStatement("$T $L = $T.SPECIES_$L", VectorText.species(element), name, vector, half * Float.SIZE);
    }

    static KernelMethod columns(Operands operands, Kernel.Columns columns, int lanes) {
        var writer = new VectorKernelWriter(operands, columns.code(), false, splitOf(columns), lanes);
        writer.columns(columns);
        return writer.method(columns.name(), TypeName.VOID);
    }

    /** Goes along the columns; with sums, sixteen at a time, so that each has its number among the partial results. */
    @Override
    void pass(int number) {
        Pass pass = code.passes().get(number);
        int vectorsAtOnce = sums(number).isEmpty() ? 1 : LANES / lanes;
        accumulators = vectorsAtOnce;
        for (int vector = 0; vector < vectorsAtOnce; vector++) {
            for (Code.Reduction reduction : pass.reductions()) {
                declare(reduction, vector);
            }
        }
        int first = Math.min(code.rowLoops(), last());
        open(first, last(), number);
        columns(number, vectorsAtOnce, () -> element(pass));
        close(last() - first);
        var sums = sums(number);
        for (Code.Reduction reduction : pass.reductions()) {
            finish(reduction, sums.indexOf(reduction), hasLanes(number), vectorsAtOnce);
        }
    }

    private void element(Pass pass) {
        // Values may be written over what is reduced.
        pass.reductions().forEach(this::reduce);
        pass.stores().forEach(this::storeVector);
    }

    /** The innermost loop: {@code inner} is written for each vector in it, and for what is left over. */
    private void columns(int pass, int vectorsAtOnce, Runnable inner) {
        int step = lanes * vectorsAtOnce;
        int turn = throughMemory ? ELEMENTS_OF_A_TURN : step;
        Optional<Long> extent = fixedExtent();
        long left = extent.map(size -> size % turn).orElse(-1L);
        if (extent.isEmpty() || extent.get() >= turn) {
            String whole = extent.isPresent() ? " < " + (extent.get() - left) : " <= " + end(last()) + " - " + turn;
            open(start(last()), whole, turn);
            block(pass, turn / lanes, turn, inner);
            close(1);
        }
        if (left > 0) {
            // A bare block and not a loop of one turn: HotSpot then knows the position, and what depends on it.
            body.beginControlFlow("");
            body.addStatement("int $L = $L", Positions.variable(last()), extent.orElseThrow() - left);
            block(pass, vectorsAtOnce, left, inner);
            close(1);
        } else if (left < 0) {
            open(leftover(turn), " < " + end(last()), step);
            block(pass, vectorsAtOnce, left, inner);
            close(1);
        }
    }

    /** Whether one loop over all of it computes little and writes nothing. */
    private boolean isStream() {
        return last() == 0
                && code.passes().getFirst().stores().isEmpty()
                && code.lines().size() * ELEMENTS_OF_A_TURN / lanes <= MOST_LINES_OF_A_TURN;
    }

    private void open(String from, String condition, int step) {
        body.beginControlFlow(
                "for (int $1L = $2L; $1L$3L; $1L += $4L)", Positions.variable(last()), from, condition, step);
    }

    private Optional<Long> fixedExtent() {
        Dim extent = code.loops().getLast();
        return split.equals(Optional.of(last())) || !extent.isFixed() ? Optional.empty() : Optional.of(extent.fixed());
    }

    /** Where the last, incomplete step of the innermost loop starts. */
    private String leftover(int step) {
        String end = end(last());
        String size = start(last()).equals("0") ? "(" + end + ")" : "(" + end + " - " + start(last()) + ")";
        return end + " - " + size + " % " + step;
    }

    /** @param elements that there are; -1 if that is known only when it runs */
    private void block(int pass, int vectorsAtOnce, long elements, Runnable inner) {
        for (int vector = 0; vector < vectorsAtOnce; vector++) {
            shift = vector * lanes;
            boolean any = elements < 0 || elements > shift;
            if (any) {
                boolean full = elements >= shift + lanes;
                mask = full ? Optional.empty() : Optional.of("m" + vector);
                mask.ifPresent(name -> declareMask(name, elements - shift));
                values.clear();
                vectorLocals(pass);
                inner.run();
            }
        }
        shift = 0;
        mask = Optional.empty();
        values.clear();
    }

    /** @param elements that it lets through; negative if that is known only when it runs */
    private void declareMask(String name, long elements) {
        if (elements > 0) {
            body.addStatement(
                    "$T $L = $T.fromLong(FLOATS, $LL)",
                    VectorValue.type(Kind.MASK),
                    name,
                    VectorText.VECTOR_MASK,
                    (1L << elements) - 1);
            return;
        }
        String first = Positions.variable(last()) + (shift == 0 ? "" : " + " + shift);
        body.addStatement("$T $L = FLOATS.indexInRange($L, $L)", VectorValue.type(Kind.MASK), name, first, end(last()));
    }

    private void vectorLocals(int pass) {
        for (int i = 0; i < local.length; i++) {
            Line line = code.lines().get(i);
            if (local[i] && isVector(i) && line.pass() == pass) {
                VectorValue value = vectorExpression(i);
                String name = "t" + i + (shift == 0 ? "" : "_" + shift);
                body.addStatement("$T $L = $L", VectorValue.type(value.kind()), name, value.code());
                values.put(i, new VectorValue(value.kind(), Text.primary("$L", name)));
            }
        }
    }

    private boolean isVector(int line) {
        return depth(line) == code.loops().size();
    }

    private VectorValue vector(int line) {
        if (!isVector(line)) {
            return new VectorValue(Kind.SCALAR, text(line));
        }
        VectorValue known = values.get(line);
        return known == null ? vectorExpression(line) : known;
    }

    private VectorValue vectorExpression(int line) {
        return switch (code.node(line)) {
            case Node.Load load -> load(load);
            case Node.Position position -> position(position.position());
            case Node.Apply apply ->
                vectors.of(
                        apply.op(),
                        code.node(apply.operands().getFirst()).element(),
                        apply.operands().stream().map(this::vector).toList());
            case Node.Literal _, Node.Host _, Node.Reduced _ -> throw new IllegalStateException("a number");
        };
    }

    private VectorValue load(Node.Load load) {
        return VectorText.load(
                load.element(),
                operands.array(load.value()),
                position(load.value(), load.offset(), shift),
                mask("$L"),
                mask("$L.cast(INTS)"));
    }

    private CodeBlock mask(String form) {
        return mask.map(name -> CodeBlock.of(", " + form, name)).orElse(CodeBlock.of(""));
    }

    private VectorValue position(Affine position) {
        return VectorText.position(Positions.text(position, Offset.ZERO, last(), shift), 1);
    }

    private void storeVector(Store store) {
        VectorValue value = vector(store.line());
        VectorValue vector = value.isScalar() ? value.spread(Kind.FLOATS) : value;
        body.addStatement(
                "$L.intoArray($L, $L$L)",
                vector.code(),
                operands.array(store.value()),
                position(store.value(), store.offset(), shift),
                mask("$L"));
    }

    private String accumulator(Code.Reduction reduction, int vector) {
        return "r" + reduction.value() + "_" + vector * lanes;
    }

    private boolean isSum(Code.Reduction reduction) {
        Reduction kind = ((Op.Reduce) op(reduction)).reduction();
        return kind == Reduction.SUM || kind == Reduction.PRODUCT;
    }

    private void declare(Code.Reduction reduction, int vector) {
        Op.Reduce reduce = (Op.Reduce) op(reduction);
        if (wide && isSum(reduction)) {
            body.addStatement(
                    "$1T $2L = $1T.broadcast(DOUBLES, $3L)",
                    VectorText.DOUBLE_VECTOR,
                    accumulator(reduction, vector),
                    neutral(reduce, ElementType.F32));
            return;
        }
        double neutral = ScalarRule.neutral(reduce.reduction(), ElementType.F32);
        body.addStatement(
                "$1T $2L = $1T.broadcast(FLOATS, $3L)",
                VectorText.FLOAT_VECTOR,
                accumulator(reduction, vector),
                FloatText.literal(neutral, ElementType.F32).code());
    }

    private void reduce(Code.Reduction reduction) {
        VectorValue value = vector(reduction.line());
        VectorValue vector = value.isScalar() ? value.spread(Kind.FLOATS) : value;
        String target = accumulator(reduction, shift / lanes % accumulators);
        String operator = switch (((Op.Reduce) op(reduction)).reduction()) {
            case SUM -> "ADD";
            case PRODUCT -> "MUL";
            case MAXIMUM -> "MAX";
            case MINIMUM -> "MIN";
        };
        if (wide && isSum(reduction)) {
            widen(target, (Op.Reduce) op(reduction), vector);
        } else {
            accumulate(target, operator, vector.code(), mask("$L"));
        }
    }

    /** Outside the mask are numbers that change nothing: HotSpot puts masks of doubles on the heap now and then. */
    private void widen(String target, Op.Reduce reduce, VectorValue vector) {
        CodeBlock floats = mask.map(name -> CodeBlock.of(
                        "$T.broadcast(FLOATS, $L).blend($L, $L)",
                        VectorText.FLOAT_VECTOR,
                        FloatText.literal(ScalarRule.neutral(reduce.reduction(), ElementType.F32), ElementType.F32)
                                .code(),
                        vector.code(),
                        name))
                .orElse(vector.code());
        body.addStatement(
                "$1L = $1L.$2L($3L.convertShape($4T.F2D, DOUBLES, 0))",
                target,
                reduce.reduction() == Reduction.SUM ? "add" : "mul",
                floats,
                VectorText.OPERATORS);
    }

    private void accumulate(String target, String operator, CodeBlock value, CodeBlock restricted) {
        if (restricted.isEmpty()) {
            String method = operator.toLowerCase(Locale.ROOT);
            body.addStatement("$1L = $1L.$2L($3L)", target, method, value);
        } else {
            body.addStatement(
                    "$1L = $1L.lanewise($2T.$3L, $4L$5L)", target, VectorText.OPERATORS, operator, value, restricted);
        }
    }

    /** From vectors to the number `r`. */
    private void finish(Code.Reduction reduction, int number, boolean inLanes, int vectorsAtOnce) {
        if (number < 0) {
            largest(reduction, vectorsAtOnce);
            return;
        }
        int from = inLanes ? LANES * number : 0;
        for (int vector = 0; vector < vectorsAtOnce; vector++) {
            String name = accumulator(reduction, vector);
            int at = from + vector * lanes;
            body.addStatement("$L.intoArray($L, $L)", name, scratchName(), at);
        }
        if (inLanes) {
            combine(reduction, number);
        } else {
            chain(reduction);
        }
    }

    /** One after the other: there are at most sixteen. */
    private void chain(Code.Reduction reduction) {
        boolean sum = ((Op.Reduce) op(reduction)).reduction() == Reduction.SUM;
        long extent = code.loops().getLast().fixed();
        var terms = new ArrayList<CodeBlock>();
        for (int i = 0; i < extent; i++) {
            terms.add(CodeBlock.of("$L[$L]", scratchName(), i));
        }
        body.addStatement(
                "$T r$L = $L",
                accumulator(ElementType.F32),
                reduction.value(),
                CodeBlock.join(terms, sum ? " + " : " * "));
    }

    private void largest(Code.Reduction reduction, int vectorsAtOnce) {
        boolean maximum = ((Op.Reduce) op(reduction)).reduction() == Reduction.MAXIMUM;
        CodeBlock all = CodeBlock.of("$L", accumulator(reduction, 0));
        for (int vector = 1; vector < vectorsAtOnce; vector++) {
            all = CodeBlock.of("$L.$L($L)", all, maximum ? "max" : "min", accumulator(reduction, vector));
        }
        body.addStatement(
                "$T r$L = $L.reduceLanes($T.$L)",
                accumulator(ElementType.F32),
                reduction.value(),
                all,
                VectorText.OPERATORS,
                maximum ? "MAX" : "MIN");
    }

    /** Sums over leading axes: columns stay in registers while the rows go by. */
    private void columns(Kernel.Columns columns) {
        var kept = loops(columns, true);
        var reduced = loops(columns, false);
        locals(0, -1);
        kept.forEach(this::openOne);
        int wide = lanes * COLUMN_VECTORS;
        open(start(last()), " <= " + end(last()) + " - " + wide, wide);
        tile(columns, reduced, COLUMN_VECTORS, false);
        close(1);
        open(leftover(wide), " <= " + end(last()) + " - " + lanes, lanes);
        tile(columns, reduced, 1, false);
        close(1);
        open(leftover(lanes), " < " + end(last()), lanes);
        tile(columns, reduced, 1, true);
        close(1);
        close(kept.size());
    }

    private List<Integer> loops(Kernel.Columns columns, boolean kept) {
        return IntStream.range(0, last())
                .filter(loop -> columns.result().uses(loop) == kept)
                .boxed()
                .toList();
    }

    private void openOne(int loop) {
        body.beginControlFlow(
                "for (int $1L = $2L; $1L < $3L; $1L++)", Positions.variable(loop), start(loop), end(loop));
    }

    private void tile(Kernel.Columns columns, List<Integer> reduced, int wide, boolean masked) {
        Code.Reduction sum = new Code.Reduction(
                columns.value(), code.passes().getFirst().stores().getFirst().line(), Affine.ZERO);
        accumulators = wide;
        for (int vector = 0; vector < wide; vector++) {
            declare(sum, vector);
        }
        if (masked) {
            declareMask("m0", -1);
        }
        reduced.forEach(this::openOne);
        for (int depth = 1; depth <= last(); depth++) {
            locals(depth, depth <= code.rowLoops() ? -1 : 0);
        }
        each(wide, masked, () -> {
            vectorLocals(0);
            reduce(sum);
        });
        close(reduced.size());
        each(
                wide,
                masked,
                () -> body.addStatement(
                        "$L.intoArray($L, $L$L)",
                        accumulator(sum, shift / lanes),
                        operands.array(columns.value()),
                        position(columns.value(), columns.result(), shift),
                        mask("$L")));
    }

    private void each(int vectorsAtOnce, boolean masked, Runnable inner) {
        for (int vector = 0; vector < vectorsAtOnce; vector++) {
            shift = vector * lanes;
            mask = masked ? Optional.of("m0") : Optional.empty();
            values.clear();
            inner.run();
        }
        shift = 0;
        mask = Optional.empty();
        values.clear();
    }
}
