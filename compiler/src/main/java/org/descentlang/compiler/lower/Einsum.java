package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Reduction;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;
import org.descentlang.description.NumberText;

/**
 * `einsum("bqhd,bkhd->bhqk", q, k)`: sums of products over the letters that the result does not have. Operands are
 * taken two by two from the left; of two, what both share and the result keeps leads, and the rest is one matrix
 * product.
 */
final class Einsum {
    /** A tensor and a letter for each of its axes. */
    private record Named(String letters, Value.Tensor tensor) {
        Dim size(char letter) {
            return tensor.type().shape().dim(letters.indexOf(letter));
        }

        Axis axis(char letter) {
            return tensor.axes().get(letters.indexOf(letter));
        }
    }

    private final ExpressionLowering lowering;
    private final Elaboration elaboration;
    private final TensorBuilder build;

    Einsum(ExpressionLowering lowering) {
        this.lowering = lowering;
        this.elaboration = lowering.elaboration();
        this.build = new TensorBuilder(elaboration.builder());
    }

    Value of(Primitives.Use use) {
        Optional<EinsumText> text = text(use);
        var operands = new ArrayList<Value.Tensor>();
        for (Expression operand : use.rest()) {
            lowering.tensor(operand, use.scope())
                    .filter(t -> isFloat(t, operand))
                    .ifPresent(operands::add);
        }
        if (text.isEmpty() || operands.size() < use.rest().size() || !fits(text.get(), operands, use)) {
            return Value.FAILURE;
        }
        Named sofar = new Named(text.get().operands().getFirst(), operands.getFirst());
        for (int i = 1; i < operands.size(); i++) {
            if (!isAddressable(sofar, i, text.get(), operands)) {
                return elaboration.fail(Problem.at(
                        use.rest().get(i).span(),
                        Code.TOO_LARGE,
                        "what `einsum` makes of the operands up to here has more than 2^31 - 1 elements"));
            }
            sofar = pair(sofar, new Named(text.get().operands().get(i), operands.get(i)), text.get(), i + 1);
        }
        return ordered(summed(sofar, text.get().result()), text.get().result()).tensor();
    }

    private static boolean isAddressable(Named first, int next, EinsumText text, List<Value.Tensor> operands) {
        var second = new Named(text.operands().get(next), operands.get(next));
        return Sizes.isAddressable(shape(kept(first, second, text, next + 1), first, second));
    }

    private Optional<EinsumText> text(Primitives.Use use) {
        Value written = lowering.evaluate(use.get("letters"), use.scope());
        var complaints = new ArrayList<String>();
        Optional<EinsumText> text = Optional.empty();
        if (written instanceof Value.Text(String letters)) {
            text = EinsumText.read(letters, complaints);
        } else if (!(written instanceof Value.Failure)) {
            complaints.add("`einsum` needs a text such as \"ij,jk->ik\" first, not " + Values.describe(written));
        }
        complaints.stream().limit(1).forEach(complaint -> report(complaint, use.get("letters")));
        return text;
    }

    private void report(String complaint, Expression at) {
        elaboration.report(Problem.at(at.span(), Code.EINSUM, complaint));
    }

    private boolean isFloat(Value.Tensor tensor, Expression written) {
        boolean fits = tensor.type().element() == ElementType.F32;
        if (!fits) {
            elaboration.report(Problem.at(
                    written.span(),
                    Code.ELEMENT_TYPE,
                    "`einsum` multiplies f32 tensors, but this is " + tensor.type()));
        }
        return fits;
    }

    /** Whether there is a term for each operand, a letter for each axis, and one size for each letter. */
    private boolean fits(EinsumText text, List<Value.Tensor> operands, Primitives.Use use) {
        if (text.operands().size() != operands.size()) {
            report(
                    "these are letters of " + text.operands().size() + " operands, but " + operands.size()
                            + " are given",
                    use.get("letters"));
            return false;
        }
        for (int i = 0; i < operands.size(); i++) {
            String letters = text.operands().get(i);
            if (letters.length() != operands.get(i).axes().size()) {
                report(
                        "`" + letters + "` has " + NumberText.counted(letters.length(), "letter") + ", but this is "
                                + operands.get(i).type(),
                        use.rest().get(i));
                return false;
            }
        }
        return haveOneSize(text, operands, use);
    }

    private boolean haveOneSize(EinsumText text, List<Value.Tensor> operands, Primitives.Use use) {
        var known = new HashMap<Character, Integer>();
        for (int i = 0; i < operands.size(); i++) {
            int operand = i;
            for (char letter : text.operands().get(i).toCharArray()) {
                int first = known.computeIfAbsent(letter, _ -> operand);
                var a = new Named(text.operands().get(first), operands.get(first));
                var b = new Named(text.operands().get(i), operands.get(i));
                if (!a.size(letter).equals(b.size(letter))) {
                    elaboration.report(unequal(
                            letter, a, b, use.rest().get(first), use.rest().get(i)));
                    return false;
                }
            }
        }
        return true;
    }

    private static Problem unequal(char letter, Named a, Named b, Expression first, Expression second) {
        Problem problem = Problem.at(
                        second.span(),
                        Code.EINSUM,
                        "the letter `%s` is %s in %s and %s in %s"
                                .formatted(letter, a.size(letter), said(a), b.size(letter), said(b)))
                .also(first.span(), "`" + letter + "` is " + a.size(letter) + " here");
        for (Named named : List.of(a, b)) {
            problem = named.axis(letter).pointed(problem, "this is " + named.size(letter));
        }
        return problem;
    }

    private static String said(Named named) {
        return "`" + named.letters() + "`, which is " + named.tensor().type();
    }

    /** One tensor of two; what nothing after it needs is summed. */
    private Named pair(Named first, Named second, EinsumText text, int next) {
        String kept = kept(first, second, text, next);
        Named left = summed(first, second.letters() + kept);
        Named right = summed(second, left.letters() + kept);
        String shared = EinsumText.letters(left.letters(), right.letters(), true);
        String leading = EinsumText.letters(shared, kept, true);
        String inner = EinsumText.letters(shared, kept, false);
        return inner.isEmpty() ? spread(left, right, leading) : product(left, right, leading, inner);
    }

    /** The letters of two tensors that something after them needs. */
    private static String kept(Named first, Named second, EinsumText text, int next) {
        String all = first.letters() + EinsumText.letters(second.letters(), first.letters(), false);
        return all.chars()
                .filter(letter -> text.isNeeded((char) letter, next))
                .mapToObj(letter -> Character.toString((char) letter))
                .collect(Collectors.joining());
    }

    /** Without the letters that are not in {@code kept}. */
    private Named summed(Named x, String kept) {
        List<Integer> over = IntStream.range(0, x.letters().length())
                .filter(axis -> kept.indexOf(x.letters().charAt(axis)) < 0)
                .boxed()
                .toList();
        return new Named(EinsumText.letters(x.letters(), kept, true), build.reduce(Reduction.SUM, over, x.tensor()));
    }

    private Named ordered(Named x, String letters) {
        List<Integer> permutation =
                letters.chars().mapToObj(letter -> x.letters().indexOf(letter)).toList();
        return x.letters().equals(letters) ? x : new Named(letters, build.transpose(x.tensor(), permutation));
    }

    /** Nothing is summed: each element of one times those of the other. */
    private Named spread(Named left, Named right, String leading) {
        String own = EinsumText.letters(left.letters(), leading, false);
        String others = EinsumText.letters(right.letters(), leading, false);
        String result = leading + own + others;
        var tensors = List.of(left, right).stream()
                .map(x -> stretched(x, result, left, right))
                .toList();
        return new Named(result, build.binary(BinaryKind.MULTIPLY, tensors.getFirst(), tensors.getLast()));
    }

    private Value.Tensor stretched(Named x, String result, Named left, Named right) {
        Named sorted = ordered(x, EinsumText.letters(result, x.letters(), true));
        List<Integer> places =
                sorted.letters().chars().mapToObj(result::indexOf).toList();
        var broadcast = new Op.Broadcast(shape(result, left, right), places);
        return build.of(broadcast, axes(result, left, right), sorted.tensor());
    }

    private static Shape shape(String result, Named left, Named right) {
        return new Shape(result.chars()
                .mapToObj(letter -> of((char) letter, left, right).size((char) letter))
                .toList());
    }

    private static List<Axis> axes(String result, Named left, Named right) {
        return result.chars()
                .mapToObj(letter -> of((char) letter, left, right).axis((char) letter))
                .toList();
    }

    private static Named of(char letter, Named left, Named right) {
        return left.letters().indexOf(letter) >= 0 ? left : right;
    }

    /** [leading, rows, inner] times [leading, inner, columns], each operand with what it ends in where it is. */
    private Named product(Named left, Named right, String leading, String inner) {
        String rows = EinsumText.letters(left.letters(), leading + inner, false);
        String columns = EinsumText.letters(right.letters(), leading + inner, false);
        boolean turnLeft = !endsIn(left, inner);
        boolean turnRight = endsIn(right, inner);
        Value.Tensor a = matrices(left, leading, turnLeft ? inner : rows, turnLeft ? rows : inner);
        Value.Tensor b = matrices(right, leading, turnRight ? columns : inner, turnRight ? inner : columns);
        int id = elaboration.builder().add(new Op.MatMul(turnLeft, turnRight), List.of(a.id(), b.id()));
        String result = leading + rows + columns;
        Value.Tensor product = Value.Tensor.of(id, elaboration.builder().type(id));
        return new Named(result, build.reshape(product, shape(result, left, right), axes(result, left, right)));
    }

    private static boolean endsIn(Named x, String letters) {
        return letters.indexOf(x.letters().charAt(x.letters().length() - 1)) >= 0;
    }

    private Value.Tensor matrices(Named x, String leading, String rows, String columns) {
        Named sorted = ordered(x, leading + rows + columns);
        Shape shape = sorted.tensor().type().shape();
        int lead = leading.length();
        int split = lead + rows.length();
        var dims = new ArrayList<>(shape.dims().subList(0, lead));
        dims.add(new Shape(shape.dims().subList(lead, split)).count());
        dims.add(new Shape(shape.dims().subList(split, shape.rank())).count());
        return build.reshape(
                sorted.tensor(),
                new Shape(dims),
                IntStream.range(0, dims.size()).mapToObj(_ -> Axis.PLAIN).toList());
    }
}
