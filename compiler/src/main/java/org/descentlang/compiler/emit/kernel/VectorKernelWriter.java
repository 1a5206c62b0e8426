package org.descentlang.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.descentlang.compiler.emit.kernel.VectorValue.Kind;
import org.descentlang.compiler.emit.text.FloatText;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.emit.text.Text;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.op.ScalarRule;
import org.descentlang.compiler.plan.Affine;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Code.Line;
import org.descentlang.compiler.plan.Code.Store;
import org.descentlang.compiler.plan.Node;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.type.ElementType;

/**
 * A kernel with the Vector API, for vectors of a given number of lanes: its lines and what is gathered from them, a
 * vector at a time. What is left over at the end of a loop is done under a mask.
 */
abstract class VectorKernelWriter extends KernelWriter {
    final int lanes;
    private final VectorText vectors;

    /** The form that lines have in the current vector. */
    private final Map<Integer, VectorValue> values = new HashMap<>();

    private Optional<String> mask = Optional.empty();
    /** Elements that the current vector is beyond the loop variable. */
    int shift;
    /** Vectors that a reduction is gathered in. */
    int accumulators = 1;

    VectorKernelWriter(Operands operands, Code code, boolean wide, Optional<Integer> split, int lanes) {
        super(operands, code, wide, split);
        this.lanes = lanes;
        this.vectors = new VectorText(body, lanes);
    }

    final void open(String from, String condition, int step) {
        body.beginControlFlow(
                "for (int $1L = $2L; $1L$3L; $1L += $4L)", Positions.variable(last()), from, condition, step);
    }

    /** Where the last, incomplete step of the innermost loop starts. */
    final String leftover(int step) {
        String end = end(last());
        String size = start(last()).equals("0") ? "(" + end + ")" : "(" + end + " - " + start(last()) + ")";
        return end + " - " + size + " % " + step;
    }

    /** @param elements that it lets through; negative if that is known only when it runs */
    final void declareMask(String name, long elements) {
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

    /** Writes {@code inner} for a vector, as many of them beyond the loop variable as {@code number} says. */
    final void atVector(int number, Optional<String> under, Runnable inner) {
        shift = number * lanes;
        mask = under;
        values.clear();
        inner.run();
        shift = 0;
        mask = Optional.empty();
        values.clear();
    }

    final void vectorLocals(int pass) {
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

    final VectorValue vector(int line) {
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

    final CodeBlock mask(String form) {
        return mask.map(name -> CodeBlock.of(", " + form, name)).orElse(CodeBlock.of(""));
    }

    final VectorValue position(Affine position) {
        return VectorText.position(Positions.text(position, Offset.ZERO, last(), shift), 1);
    }

    final void storeVector(Store store) {
        VectorValue value = vector(store.line());
        VectorValue vector = value.isScalar() ? value.spread(Kind.FLOATS) : value;
        body.addStatement(
                "$L.intoArray($L, $L$L)",
                vector.code(),
                operands.array(store.value()),
                position(store.value(), store.offset(), shift),
                mask("$L"));
    }

    /** @param lane the first of those that it gathers, of all that one turn of a loop takes */
    final String accumulator(Code.Reduction reduction, int lane) {
        return "r" + reduction.value() + "_" + lane;
    }

    /** Where the accumulators of a vector begin: a vector of doubles has half as many lanes. */
    final int[] firstLanes(Code.Reduction reduction, int vector) {
        int first = vector * lanes;
        return wide && isSum(reduction) ? new int[] {first, first + lanes / 2} : new int[] {first};
    }

    private boolean isSum(Code.Reduction reduction) {
        return ((Op.Reduce) op(reduction)).reduction().rounds();
    }

    final void declare(Code.Reduction reduction, int vector) {
        Op.Reduce reduce = (Op.Reduce) op(reduction);
        boolean doubles = wide && isSum(reduction);
        for (int lane : firstLanes(reduction, vector)) {
            body.addStatement(
                    "$1T $2L = $1T.broadcast($3L, $4L)",
                    doubles ? VectorText.DOUBLE_VECTOR : VectorText.FLOAT_VECTOR,
                    accumulator(reduction, lane),
                    doubles ? "DOUBLES" : "FLOATS",
                    doubles ? neutral(reduce, ElementType.F32) : neutral(reduce));
        }
    }

    private static CodeBlock neutral(Op.Reduce reduce) {
        double neutral = ScalarRule.neutral(reduce.reduction(), ElementType.F32);
        return FloatText.literal(neutral, ElementType.F32).code();
    }

    final void reduce(Code.Reduction reduction) {
        VectorValue value = vector(reduction.line());
        VectorValue vector = value.isScalar() ? value.spread(Kind.FLOATS) : value;
        int number = shift / lanes % accumulators;
        if (wide && isSum(reduction)) {
            widen(reduction, number, vector);
        } else {
            accumulate(accumulator(reduction, number * lanes), operator(reduction), vector.code(), mask("$L"));
        }
    }

    /** That of the Vector API; in small letters, the method of a vector. */
    final String operator(Code.Reduction reduction) {
        return switch (((Op.Reduce) op(reduction)).reduction()) {
            case SUM -> "ADD";
            case PRODUCT -> "MUL";
            case MAXIMUM -> "MAX";
            case MINIMUM -> "MIN";
        };
    }

    /**
     * Outside the mask are numbers that change nothing: HotSpot puts masks of doubles on the heap now and then. The
     * upper half is moved down before it is converted: converted where it is, it takes HotSpot through many times as
     * many methods.
     */
    private void widen(Code.Reduction reduction, int number, VectorValue vector) {
        Op.Reduce reduce = (Op.Reduce) op(reduction);
        CodeBlock floats = mask.map(name -> CodeBlock.of(
                        "$T.broadcast(FLOATS, $L).blend($L, $L)",
                        VectorText.FLOAT_VECTOR,
                        neutral(reduce),
                        vector.code(),
                        name))
                .orElse(vector.code());
        String name = "v" + reduction.value() + "_" + shift;
        body.addStatement("$T $L = $L", VectorText.FLOAT_VECTOR, name, floats);
        int[] lanes = firstLanes(reduction, number);
        for (int half = 0; half < lanes.length; half++) {
            body.addStatement(
                    "$1L = $1L.$2L($3L$5L.convertShape($4T.F2D, DOUBLES, 0))",
                    accumulator(reduction, lanes[half]),
                    operator(reduction).toLowerCase(Locale.ROOT),
                    name,
                    VectorText.OPERATORS,
                    half == 0 ? "" : ".rearrange(" + VectorText.UPPER_FIRST + ")");
        }
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
}
