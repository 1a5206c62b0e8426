package org.descentlang.compiler.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.descentlang.compiler.ir.Loop;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Comparison;
import org.descentlang.compiler.ir.Op.Reduction;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Op.UnaryKind;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.ir.RandomWindows;
import org.descentlang.compiler.ir.Reader;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.Philox;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation's derivative against central differences of its evaluation. */
final class GradientRuleTest {
    private static final long BATCH = 3;
    /** Of bool only, so that no parameter can be an operand. */
    private static final Set<Enum<?>> LOGICAL = Set.of(UnaryKind.NOT, BinaryKind.AND, BinaryKind.OR);

    /** An operation on operands with elements in {@code low .. high}; the f32 ones are parameters. */
    record Check(Op op, double low, double high, TensorType... operands) {
        @Override
        public String toString() {
            return op + " of " + Arrays.toString(operands);
        }
    }

    static List<Check> checks() {
        var checks = new ArrayList<Check>();
        elementWise(checks);
        movements(checks);
        reductions(checks);
        products(checks);
        windows(checks);
        loops(checks);
        return checks;
    }

    /** What is carried, shared and each turn's own, there and back, by the last value and by those of all turns. */
    private static void loops(List<Check> checks) {
        Program body = Reader.read("""
                program "turn"
                %h = read carried "h" : f32[batch, 4]
                %w = read element "w" : f32[4, 4]
                %c = read shared "c" : f32[4]
                %p = matmul %h, %w
                %b = broadcast axes=[1] %c : f32[batch, 4]
                %s = add %p, %b
                %t = tanh %s
                %r = multiply %t, %h
                %n = add %r, %b
                output carried "h" = %n
                output element "t" = %t
                """);
        var slots = List.of(
                new Loop.Slot(Storage.CARRIED, "h"),
                new Loop.Slot(Storage.ELEMENT, "w"),
                new Loop.Slot(Storage.SHARED, "c"));
        TensorType carried = f32(Dim.BATCH, Dim.of(4));
        TensorType elements = f32(Dim.of(3), Dim.of(4), Dim.of(4));
        for (boolean backwards : new boolean[] {false, true}) {
            var loop = new Loop(body, 3, backwards, slots);
            checks.add(new Check(new Op.Scan(loop, Sink.CARRIED, "h"), -1, 1, carried, elements, f32(Dim.of(4))));
            checks.add(new Check(new Op.Scan(loop, Sink.ELEMENT, "t"), -1, 1, carried, elements, f32(Dim.of(4))));
        }
    }

    private static void elementWise(List<Check> checks) {
        TensorType matrix = f32(Dim.BATCH, Dim.of(5));
        for (UnaryKind kind : UnaryKind.values()) {
            boolean positive = kind == UnaryKind.LOG || kind == UnaryKind.SQRT || kind == UnaryKind.LOG1P;
            if (!LOGICAL.contains(kind) && kind != UnaryKind.STOP_GRADIENT) {
                checks.add(new Check(new Op.Unary(kind), positive ? 0.2 : -2.5, 2.5, matrix));
            }
        }
        for (BinaryKind kind : BinaryKind.values()) {
            boolean positive = kind == BinaryKind.DIVIDE || kind == BinaryKind.POWER || kind == BinaryKind.REMAINDER;
            if (!LOGICAL.contains(kind)) {
                checks.add(new Check(new Op.Binary(kind), positive ? 0.4 : -2, 2.5, matrix, matrix));
                checks.add(new Check(new Op.Binary(kind), positive ? 0.4 : -2, 2.5, f32(), f32()));
            }
        }
        for (Comparison comparison : Comparison.values()) {
            checks.add(new Check(new Op.Compare(comparison), -1, 1, matrix, matrix));
        }
        checks.add(new Check(new Op.Select(), -1, 1, matrix.as(ElementType.BOOL), matrix, matrix));
        for (ElementType element : ElementType.values()) {
            checks.add(new Check(new Op.Cast(element), -3, 3, matrix));
        }
    }

    private static void movements(List<Check> checks) {
        Dim two = Dim.of(2);
        Dim five = Dim.of(5);
        TensorType cube = f32(two, Dim.BATCH, five);
        Shape target = Shape.of(two, five, Dim.BATCH, Dim.of(3));
        checks.add(new Check(new Op.Broadcast(target, List.of(0, 2)), -1, 1, f32(two, Dim.BATCH)));
        checks.add(new Check(new Op.Broadcast(target, List.of()), -1, 1, f32()));
        checks.add(new Check(new Op.Reshape(Shape.of(Dim.BATCH, Dim.of(10))), -1, 1, cube));
        checks.add(new Check(new Op.Transpose(List.of(2, 0, 1)), -1, 1, cube));
        checks.add(new Check(new Op.Slice(2, 1, 3), -1, 1, cube));
        checks.add(new Check(new Op.Pad(0, 2, 1), -1, 1, cube));
        checks.add(new Check(new Op.Concat(2), -1, 1, cube, f32(two, Dim.BATCH, Dim.ONE), cube));
        checks.add(new Check(new Op.Gather(), -1, 1, f32(Dim.of(4), two), i32(Dim.BATCH, five)));
        checks.add(new Check(new Op.Gather(), -1, 1, f32(Dim.of(4)), i32()));
        checks.add(new Check(new Op.ScatterAdd(6), -1, 1, i32(Dim.BATCH), f32(Dim.BATCH, two)));
    }

    private static void reductions(List<Check> checks) {
        TensorType cube = f32(Dim.of(2), Dim.BATCH, Dim.of(5));
        for (Reduction reduction : Reduction.values()) {
            for (List<Integer> axes : List.of(List.<Integer>of(), List.of(1), List.of(0, 2), List.of(0, 1, 2))) {
                checks.add(new Check(new Op.Reduce(reduction, axes), -2, 2, cube));
            }
        }
        checks.add(new Check(new Op.ArgMax(1), -1, 1, cube));
    }

    private static void products(List<Check> checks) {
        Dim m = Dim.BATCH;
        Dim k = Dim.of(4);
        Dim n = Dim.of(5);
        Dim many = Dim.of(2);
        for (boolean left : new boolean[] {false, true}) {
            for (boolean right : new boolean[] {false, true}) {
                var op = new Op.MatMul(left, right);
                TensorType a = left ? f32(k, m) : f32(m, k);
                TensorType b = right ? f32(n, k) : f32(k, n);
                TensorType manyA = left ? f32(many, k, m) : f32(many, m, k);
                TensorType manyB = right ? f32(many, n, k) : f32(many, k, n);
                checks.add(new Check(op, -1, 1, a, b));
                checks.add(new Check(op, -1, 1, manyA, manyB));
                checks.add(new Check(op, -1, 1, manyA, b));
            }
        }
    }

    private static void windows(List<Check> checks) {
        for (long seed = 0; seed < 24; seed++) {
            RandomWindows random = RandomWindows.of(seed);
            for (Op.Part part : Op.Part.values()) {
                checks.add(
                        new Check(random.op(part), -1, 1, random.operands(part).toArray(TensorType[]::new)));
            }
        }
        RandomWindows images = RandomWindows.of(1);
        checks.add(new Check(new Op.WindowArgMax(images.windows()), -1, 1, images.x()));
        Dim three = Dim.of(3);
        checks.add(new Check(new Op.Pick(), -1, 1, f32(Dim.BATCH, Dim.of(5), three), i32(Dim.BATCH, Dim.of(7), three)));
        checks.add(new Check(
                new Op.PutBack(4), -1, 1, i32(Dim.BATCH, Dim.of(7), three), f32(Dim.BATCH, Dim.of(7), three)));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void equalsDifferences(Check check) {
        var builder = new ProgramBuilder("check");
        var inputs = new Inputs(BATCH, 1, 1);
        var operands = new ArrayList<Integer>();
        for (TensorType type : check.operands()) {
            String name = "p" + operands.size();
            Storage storage = type.element() == ElementType.F32 ? Storage.PARAMETER : Storage.INPUT;
            operands.add(builder.add(new Op.Read(storage, name, type)));
            inputs.bind(storage, name, random(type, operands.size(), check.low(), check.high()));
        }
        int result = builder.add(check.op(), operands);
        FiniteDifferences.check(withLoss(builder, result), inputs, 1e-6);
    }

    /** Each element of the result counts differently. */
    private static Program withLoss(ProgramBuilder builder, int result) {
        int value = builder.add(new Op.Cast(ElementType.F32), result);
        Shape shape = builder.type(value).shape();
        int weights = builder.add(new Op.Random(Op.Distribution.NORMAL, 7, shape));
        int product = builder.add(new Op.Binary(BinaryKind.MULTIPLY), value, weights);
        List<Integer> axes =
                Stream.iterate(0, axis -> axis + 1).limit(shape.rank()).toList();
        builder.output(Sink.RESULT, "loss", builder.add(new Op.Reduce(Reduction.SUM, axes), product));
        return builder.build();
    }

    private static TensorValue random(TensorType type, int stream, double low, double high) {
        TensorValue value = TensorValue.zeros(type, BATCH);
        for (int i = 0; i < value.count(); i++) {
            double uniform = Philox.uniform(Philox.block(i, stream, 0, 0, 5, 0)[0]);
            value.data()[i] = switch (type.element()) {
                case F32 -> low + (high - low) * uniform;
                case I32 -> Math.floor(uniform * 4);
                case BOOL -> uniform < 0.5 ? 1 : 0;
            };
        }
        return value;
    }

    @Test
    void everyOperationHasACheck() {
        var needed = new TreeSet<String>();
        addRecords(Op.class, needed);
        addKinds(UnaryKind.class, needed);
        addKinds(BinaryKind.class, needed);
        addKinds(Comparison.class, needed);
        addKinds(Reduction.class, needed);
        LOGICAL.forEach(kind -> needed.remove(kind.getDeclaringClass().getSimpleName() + " " + kind));
        needed.remove("UnaryKind " + UnaryKind.STOP_GRADIENT);
        needed.remove(Op.Random.class.getSimpleName());
        var checked = new HashSet<String>();
        for (Check check : checks()) {
            checked.add(check.op().getClass().getSimpleName());
            kind(check.op())
                    .ifPresent(kind -> checked.add(kind.getDeclaringClass().getSimpleName() + " " + kind));
        }
        assertThat(checked).containsAll(needed);
    }

    private static void addRecords(Class<?> sealed, Set<String> names) {
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isRecord()) {
                names.add(permitted.getSimpleName());
            } else if (permitted != Op.Leaf.class) {
                addRecords(permitted, names);
            }
        }
    }

    private static void addKinds(Class<? extends Enum<?>> kinds, Set<String> names) {
        for (Enum<?> kind : kinds.getEnumConstants()) {
            names.add(kinds.getSimpleName() + " " + kind);
        }
    }

    private static Optional<Enum<?>> kind(Op op) {
        return switch (op) {
            case Op.Unary unary -> Optional.of(unary.kind());
            case Op.Binary binary -> Optional.of(binary.kind());
            case Op.Compare compare -> Optional.of(compare.comparison());
            case Op.Reduce reduce -> Optional.of(reduce.reduction());
            default -> Optional.empty();
        };
    }

    private static TensorType f32(Dim... dims) {
        return TensorType.f32(Shape.of(dims));
    }

    private static TensorType i32(Dim... dims) {
        return TensorType.i32(Shape.of(dims));
    }
}
