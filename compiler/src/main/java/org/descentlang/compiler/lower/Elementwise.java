package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.ir.Domain;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Comparison;
import org.descentlang.compiler.op.ScalarRule;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/** Operations that work element by element, on numbers at compile time and on tensors in the program. */
final class Elementwise {
    private static final int LONGEST_QUOTE = 30;

    /** An operand and the expression that gave it. */
    record Operand(Value value, Expression expression) {
        Span span() {
            return expression.span();
        }
    }

    private final Elaboration elaboration;

    Elementwise(Elaboration elaboration) {
        this.elaboration = elaboration;
    }

    /** @param what the operator or function as the user wrote it */
    Value binary(BinaryKind kind, Operand left, Operand right, String what, Span place) {
        if (left.value() instanceof Value.Number a && right.value() instanceof Value.Number b && !isLogic(kind)) {
            double value = ScalarRule.binary(kind, ElementType.F32, a.value(), b.value());
            return new Value.Number(value, runtime(a.runtime(), b.runtime(), () -> emit(kind, a, b)), Optional.empty());
        }
        if (left.value() instanceof Value.Truth a && right.value() instanceof Value.Truth b && isLogic(kind)) {
            boolean value = kind == BinaryKind.AND ? a.value() && b.value() : a.value() || b.value();
            return new Value.Truth(value, runtime(a.runtime(), b.runtime(), () -> emit(kind, a, b)));
        }
        Optional<Value> size = sizes(kind, left.value(), right.value());
        if (size.isPresent()) {
            return size.get();
        }
        Optional<Pair> pair = pair(left, right, what, place);
        if (pair.isEmpty() || !fits(kind, pair.get(), what, place)) {
            return Value.FAILURE;
        }
        return pair.get()
                .result(binaryOp(kind, pair.get()), pair.get().left().type().element());
    }

    /**
     * A square is a product and a power of one half a root, with their derivatives: {@code sum(x^2)^0.5} is
     * {@code norm(x)}.
     */
    private int binaryOp(BinaryKind kind, Pair pair) {
        int left = pair.left().id();
        if (kind == BinaryKind.POWER
                && elaboration.builder().instruction(pair.rawRight).op() instanceof Op.Constant(double value, var _)) {
            if (value == 2) {
                return add(new Op.Binary(BinaryKind.MULTIPLY), left, left);
            }
            if (value == 0.5) {
                return add(new Op.Unary(Op.UnaryKind.SQRT), left);
            }
        }
        return add(new Op.Binary(kind), left, pair.right().id());
    }

    Value compare(Comparison comparison, Operand left, Operand right, String what, Span place) {
        if (left.value() instanceof Value.Number a && right.value() instanceof Value.Number b) {
            boolean value = ScalarRule.compare(comparison, a.value(), b.value());
            return new Value.Truth(
                    value,
                    runtime(a.runtime(), b.runtime(), () -> add(new Op.Compare(comparison), scalar(a), scalar(b))));
        }
        return pair(left, right, what, place)
                .<Value>map(p -> p.result(
                        add(new Op.Compare(comparison), p.left().id(), p.right().id()), ElementType.BOOL))
                .orElse(Value.FAILURE);
    }

    /** Where the condition holds the second operand, else the third. */
    Value select(Operand condition, Operand then, Operand otherwise, Span place) {
        if (condition.value() instanceof Value.Truth(boolean holds, OptionalInt runtime) && runtime.isEmpty()) {
            return holds ? then.value() : otherwise.value();
        }
        Optional<Value.Tensor> test = tensor(condition, ElementType.BOOL);
        Optional<Pair> branches = pair(then, otherwise, "where", place);
        if (test.isEmpty() || branches.isEmpty()) {
            return Value.FAILURE;
        }
        if (test.get().type().element() != ElementType.BOOL) {
            return elaboration.fail(Problem.at(
                    condition.span(), Code.ELEMENT_TYPE, "`where` needs a condition, but this is " + show(test.get())));
        }
        Pair both = branches.get();
        Optional<Shape> shape = Broadcasting.combine(
                test.get().type().shape(), both.left().type().shape());
        if (shape.isEmpty()) {
            return mismatch("where", place, condition, test.get(), then, both.left());
        }
        var stretched = List.of(test.get(), both.left(), both.right()).stream()
                .map(t -> Broadcasting.stretch(elaboration.builder(), t, shape.get()))
                .toList();
        int id = add(
                new Op.Select(),
                stretched.get(0).id(),
                stretched.get(1).id(),
                stretched.get(2).id());
        var axes = merge(
                merge(stretched.get(0).axes(), stretched.get(1).axes()),
                stretched.get(2).axes());
        return new Value.Tensor(id, stretched.get(1).type(), axes);
    }

    private static boolean isLogic(BinaryKind kind) {
        return kind.domain() == Domain.TRUTHS;
    }

    /** Products and quotients of sizes are sizes: `count(..) / 2`. */
    private static Optional<Value> sizes(BinaryKind kind, Value left, Value right) {
        return switch (kind) {
            case MULTIPLY -> Sizes.times(left, right);
            case DIVIDE -> Sizes.divided(left, right);
            case ADD, SUBTRACT, REMAINDER, POWER, MAXIMUM, MINIMUM, AND, OR -> Optional.empty();
        };
    }

    private boolean fits(BinaryKind kind, Pair pair, String what, Span place) {
        boolean logic = pair.left().type().element() == ElementType.BOOL;
        if (logic == isLogic(kind)) {
            return true;
        }
        String needs = isLogic(kind) ? "conditions" : "numbers";
        elaboration.report(Problem.at(
                place,
                Code.ELEMENT_TYPE,
                "`" + what + "` needs " + needs + ", but its operands are " + show(pair.left()) + " and "
                        + show(pair.right())));
        return false;
    }

    /** Two tensors of one type, ready for an element-wise operation. */
    private record Pair(Value.Tensor left, Value.Tensor right, int rawRight) {
        Value.Tensor result(int id, ElementType element) {
            return new Value.Tensor(id, left.type().as(element), merge(left.axes(), right.axes()));
        }
    }

    private Optional<Pair> pair(Operand left, Operand right, String what, Span place) {
        Optional<Value.Tensor> a = tensor(left, element(right.value()));
        Optional<Value.Tensor> b = tensor(right, element(left.value()));
        if (a.isEmpty() || b.isEmpty()) {
            return Optional.empty();
        }
        if (a.get().type().element() != b.get().type().element()) {
            elaboration.report(Problem.at(
                            place,
                            Code.ELEMENT_TYPE,
                            "`" + what + "` cannot combine " + show(a.get()) + " with " + show(b.get()))
                    .label(name(left, a.get()) + ", " + name(right, b.get())));
            return Optional.empty();
        }
        Optional<Shape> shape =
                Broadcasting.combine(a.get().type().shape(), b.get().type().shape());
        if (shape.isEmpty()) {
            mismatch(what, place, left, a.get(), right, b.get());
            return Optional.empty();
        }
        var builder = elaboration.builder();
        return Optional.of(new Pair(
                Broadcasting.stretch(builder, a.get(), shape.get()),
                Broadcasting.stretch(builder, b.get(), shape.get()),
                b.get().id()));
    }

    private Value mismatch(String what, Span place, Operand left, Value.Tensor a, Operand right, Value.Tensor b) {
        Problem problem = Problem.at(
                        place, Code.BROADCAST, "`" + what + "` cannot combine " + show(a) + " with " + show(b))
                .label(name(left, a) + ", " + name(right, b));
        Optional<String> help =
                dropOne(left, a, b).or(() -> dropOne(right, b, a)).or(() -> product(what, a, b));
        return elaboration.fail(help.map(problem::help).orElse(problem));
    }

    /** `[batch, 1]` against `[batch]` is the mistake that everybody makes; its cure is sure. */
    private static Optional<String> dropOne(Operand longer, Value.Tensor a, Value.Tensor b) {
        Shape shape = a.type().shape();
        boolean oneMore = shape.rank() == b.type().shape().rank() + 1
                && shape.last().isOne()
                && shape.without(shape.rank() - 1).equals(b.type().shape());
        if (oneMore && longer.expression() instanceof Expression.Reference reference) {
            String name = reference.name().text();
            return Optional.of("write `" + name + "[.., 0]` to drop the last dimension of `" + name + "`");
        }
        return Optional.empty();
    }

    /** Where `*` cannot be meant and `@` can. */
    private static Optional<String> product(String what, Value.Tensor a, Value.Tensor b) {
        Shape left = a.type().shape();
        Shape right = b.type().shape();
        return what.equals("*")
                        && right.rank() == 2
                        && !left.isScalar()
                        && left.last().equals(right.dim(0))
                ? Optional.of("for the matrix product write `@`")
                : Optional.empty();
    }

    /** `hidden` is f32[batch, 128]; what is long or not the user's is only pointed at. */
    static String name(Operand operand, Value.Tensor tensor) {
        String text = operand.span().text();
        boolean quotable = text.length() <= LONGEST_QUOTE
                && text.indexOf('\n') < 0
                && !operand.span().source().isLibrary();
        return (quotable ? "`" + text + "`" : "this") + " is " + show(tensor);
    }

    static String show(Value.Tensor tensor) {
        return tensor.type().toString();
    }

    /** The element type that a bare number beside this value takes. */
    private static ElementType element(Value value) {
        return value instanceof Value.Tensor tensor ? tensor.type().element() : ElementType.F32;
    }

    /** The operand as a tensor; a number takes the element type {@code wanted} if it can. */
    Optional<Value.Tensor> tensor(Operand operand, ElementType wanted) {
        Optional<Value.Tensor> tensor = constant(operand.value(), wanted);
        if (tensor.isEmpty() && !Values.isFailed(operand.value())) {
            elaboration.report(Problem.at(operand.span(), Code.WRONG_VALUE, Values.noTensor(operand.value())));
        }
        return tensor;
    }

    /** The value as a tensor if it is one, or a number or a list of numbers. */
    Optional<Value.Tensor> constant(Value value, ElementType wanted) {
        return switch (value) {
            case Value.Tensor tensor -> Optional.of(tensor);
            case Value.Array list -> new Lists(this, new TensorBuilder(elaboration.builder())).tensor(list, wanted);
            case Value.Number _,
                    Value.Size _,
                    Value.Truth _,
                    Value.Tensors _,
                    Value.Text _,
                    Value.Length _,
                    Value.Tuple _,
                    Value.Symbol _,
                    Value.Instance _,
                    Value.WaitingInitializer _,
                    Value.Start _,
                    Value.Failure _ -> scalarTensor(value, wanted);
        };
    }

    /** What is a number at compile time, as a tensor of rank 0. */
    Optional<Value.Tensor> scalarTensor(Value value, ElementType wanted) {
        return switch (value) {
            case Value.Number number -> {
                boolean whole = wanted == ElementType.I32
                        && number.value() == (int) number.value()
                        && number.runtime().isEmpty();
                ElementType element = whole ? ElementType.I32 : ElementType.F32;
                int id = number.runtime().orElseGet(() -> add(new Op.Constant(number.value(), element)));
                Value.Tensor scalar = Value.Tensor.of(id, new TensorType(element, Shape.SCALAR));
                yield Optional.of(whole ? scalar.within(Bound.only((long) number.value())) : scalar);
            }
            case Value.Truth truth -> Optional.of(Value.Tensor.of(scalar(truth), TensorType.bool(Shape.SCALAR)));
            case Value.Size size -> Optional.of(Value.Tensor.of(add(new Op.Extent(size.dim())), TensorType.SCALAR));
            case Value.Tensor _,
                    Value.Failure _,
                    Value.Tensors _,
                    Value.Text _,
                    Value.Length _,
                    Value.Array _,
                    Value.Tuple _,
                    Value.Symbol _,
                    Value.Instance _,
                    Value.WaitingInitializer _,
                    Value.Start _ -> Optional.empty();
        };
    }

    private static OptionalInt runtime(OptionalInt a, OptionalInt b, java.util.function.IntSupplier emit) {
        return a.isPresent() || b.isPresent() ? OptionalInt.of(emit.getAsInt()) : OptionalInt.empty();
    }

    private int emit(BinaryKind kind, Value.Number a, Value.Number b) {
        return add(new Op.Binary(kind), scalar(a), scalar(b));
    }

    private int emit(BinaryKind kind, Value.Truth a, Value.Truth b) {
        return add(new Op.Binary(kind), scalar(a), scalar(b));
    }

    int scalar(Value.Number number) {
        return number.runtime().orElseGet(() -> add(new Op.Constant(number.value(), ElementType.F32)));
    }

    private int scalar(Value.Truth truth) {
        return truth.runtime().orElseGet(() -> add(new Op.Constant(truth.value() ? 1 : 0, ElementType.BOOL)));
    }

    private int add(Op op, Integer... operands) {
        return elaboration.builder().add(op, operands);
    }

    static List<Axis> merge(List<Axis> a, List<Axis> b) {
        var merged = new ArrayList<Axis>();
        for (int i = 0; i < a.size(); i++) {
            merged.add(a.get(i).merge(b.get(i)));
        }
        return merged;
    }
}
