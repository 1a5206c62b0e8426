package org.descentlang.compiler.lower;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Distribution;
import org.descentlang.compiler.ir.Op.UnaryKind;
import org.descentlang.compiler.op.ScalarRule;
import org.descentlang.compiler.type.ElementType;

/** The functions that are not written in the language: one line each in the table, by name. */
public final class Primitives {
    /** What stands behind a name. {@code parameters} ending in `?` may be left out, in `*` may be repeated. */
    private record Primitive(List<String> parameters, Rule rule) {
        boolean anyNumber() {
            return parameters.stream().anyMatch(p -> p.endsWith("*"));
        }

        List<String> names() {
            return parameters.stream()
                    .filter(p -> !p.endsWith("*"))
                    .map(p -> p.replace("?", ""))
                    .toList();
        }

        /** Those before what may be repeated; the others need their names. */
        List<String> order() {
            return parameters.stream()
                    .takeWhile(p -> !p.endsWith("*"))
                    .map(p -> p.replace("?", ""))
                    .toList();
        }
    }

    private interface Rule {
        Value apply(Primitives primitives, Use use);
    }

    /** One call: its arguments by name, still unevaluated, because `over = n` names an axis. */
    record Use(Expression.Call call, Map<String, Expression> arguments, List<Expression> rest, Scope scope) {
        Expression get(String name) {
            return java.util.Objects.requireNonNull(arguments.get(name));
        }

        Optional<Expression> find(String name) {
            return Optional.ofNullable(arguments.get(name));
        }

        /** Positional arguments in order, where their number is free. */
        List<Expression> all() {
            return call.arguments().stream()
                    .filter(a -> a.name().isEmpty())
                    .map(Expression.Argument::value)
                    .toList();
        }
    }

    private static final Map<String, Primitive> TABLE = new LinkedHashMap<>();

    private static void define(String signature, Rule rule) {
        String[] words = signature.split(" ");
        TABLE.put(words[0], new Primitive(Arrays.asList(words).subList(1, words.length), rule));
    }

    private static void unary(String name, UnaryKind kind) {
        define(name + " x", (p, use) -> p.unary(kind, name, p.evaluate(use, "x"), use.get("x")));
    }

    private static void reduction(String name, Reductions.Kind kind) {
        define(
                name + " x over? keep?",
                (p, use) -> p.reductions.reduce(kind, use.get("x"), use.find("over"), use.find("keep"), use.scope()));
    }

    private static void extremum(String name, Reductions.Kind kind, BinaryKind pairwise) {
        define(
                name + " x y? over? keep?",
                (p, use) -> use.find("y").isPresent()
                        ? p.binary(pairwise, use, "x", "y")
                        : p.reductions.reduce(kind, use.get("x"), use.find("over"), use.find("keep"), use.scope()));
    }

    static {
        unary("exp", UnaryKind.EXP);
        unary("expm1", UnaryKind.EXPM1);
        unary("log", UnaryKind.LOG);
        unary("log1p", UnaryKind.LOG1P);
        unary("sqrt", UnaryKind.SQRT);
        unary("abs", UnaryKind.ABS);
        unary("sign", UnaryKind.SIGN);
        unary("sin", UnaryKind.SIN);
        unary("cos", UnaryKind.COS);
        unary("tanh", UnaryKind.TANH);
        unary("sigmoid", UnaryKind.SIGMOID);
        unary("erf", UnaryKind.ERF);
        unary("floor", UnaryKind.FLOOR);
        unary("ceil", UnaryKind.CEIL);
        unary("round", UnaryKind.ROUND);
        unary("stop_gradient", UnaryKind.STOP_GRADIENT);
        define("pow x y", (p, use) -> p.binary(BinaryKind.POWER, use, "x", "y"));
        define("maximum x y", (p, use) -> p.binary(BinaryKind.MAXIMUM, use, "x", "y"));
        define("minimum x y", (p, use) -> p.binary(BinaryKind.MINIMUM, use, "x", "y"));
        define("where condition x y", Primitives::where);
        reduction("sum", Reductions.Kind.SUM);
        reduction("mean", Reductions.Kind.MEAN);
        reduction("product", Reductions.Kind.PRODUCT);
        reduction("variance", Reductions.Kind.VARIANCE);
        reduction("norm", Reductions.Kind.NORM);
        extremum("max", Reductions.Kind.MAX, BinaryKind.MAXIMUM);
        extremum("min", Reductions.Kind.MIN, BinaryKind.MINIMUM);
        define("argmax x over?", (p, use) -> p.reductions.argmax(use.get("x"), use.find("over"), use.scope()));
        define("l1 x", (p, use) -> p.shaping.sumOfMagnitudes(use));
        define("l2 x", (p, use) -> p.shaping.halfSumOfSquares(use));
        define("count x", (p, use) -> p.shaping.count(use));
        define("one_hot index classes", (p, use) -> p.shaping.oneHot(use));
        define("gather table index", (p, use) -> p.shaping.gather(use));
        define("zeros sizes*", (p, use) -> p.shaping.filled(0, use));
        define("ones sizes*", (p, use) -> p.shaping.filled(1, use));
        define("arange n", (p, use) -> p.shaping.positions(use));
        define("random_uniform sizes*", (p, use) -> p.shaping.random(Distribution.UNIFORM, use));
        define("random_normal sizes*", (p, use) -> p.shaping.random(Distribution.NORMAL, use));
        define("concat x* along", (p, use) -> p.shaping.concat(use));
        define("reverse x along", (p, use) -> p.shaping.reverse(use));
        define("another layer", Primitives::another);
        define("reshape x sizes*", (p, use) -> p.shaping.reshape(use));
        define("flatten x", (p, use) -> p.shaping.flatten(use));
        define("transpose x", (p, use) -> p.shaping.transpose(use));
        define("permute x axes*", (p, use) -> p.shaping.permute(use));
        define("einsum letters operands*", (p, use) -> new Einsum(p.lowering).of(use));
        define("split x parts", (p, use) -> p.shaping.split(use));
        define("float x", (p, use) -> p.shaping.cast(ElementType.F32, use));
        define("int x", (p, use) -> p.shaping.cast(ElementType.I32, use));
        define("uniform low high", Distributions::uniform);
        define("normal mean deviation", Distributions::normal);
        define("truncated_normal mean deviation cut?", Distributions::truncatedNormal);
        define("orthogonal gain?", Distributions::orthogonal);
        define("identity gain?", Distributions::identity);
        define("sparse k deviation?", Distributions::sparse);
        define("convolve x w stride? padding? dilation? groups?", (p, use) -> p.convolutions.convolve(use));
        define("convolve_transpose x w stride? padding? dilation? groups?", (p, use) -> p.convolutions.transposed(use));
        define("window_max x size stride? padding?", (p, use) -> p.convolutions.largest(use));
        define("window_sum x size stride? padding?", (p, use) -> p.convolutions.sum(use));
        define("per_axis x axes", (p, use) -> p.convolutions.perAxis(use));
        define("parts values*", Distributions::parts);
    }

    private final ExpressionLowering lowering;
    private final Elaboration elaboration;
    private final Arguments arguments;
    private final Reductions reductions;
    private final Shaping shaping;
    private final Convolutions convolutions;

    Primitives(ExpressionLowering lowering, Arguments arguments, Reductions reductions) {
        this.lowering = lowering;
        this.elaboration = lowering.elaboration();
        this.arguments = arguments;
        this.reductions = reductions;
        this.shaping = new Shaping(lowering, reductions);
        this.convolutions = new Convolutions(lowering);
    }

    /** The names in the table. */
    public static Set<String> names() {
        return TABLE.keySet();
    }

    /** How each that can be used is called, by name: {@code where(condition, x, y)}. */
    public static Map<String, String> signatures() {
        var signatures = new LinkedHashMap<String, String>();
        TABLE.forEach((name, primitive) ->
                signatures.put(name, name + "(" + String.join(", ", primitive.parameters()) + ")"));
        return signatures;
    }

    ExpressionLowering lowering() {
        return lowering;
    }

    Value call(String name, Expression.Call call, Scope scope) {
        Primitive primitive = java.util.Objects.requireNonNull(TABLE.get(name));
        return arguments
                .assign(call.callee(), primitive.names(), primitive.order(), primitive.anyNumber(), call)
                .filter(assigned -> complete(primitive, assigned, call))
                .map(assigned -> primitive.rule().apply(this, new Use(call, assigned.named(), assigned.rest(), scope)))
                .orElse(Value.FAILURE);
    }

    private boolean complete(Primitive primitive, Arguments.Assigned assigned, Expression.Call call) {
        for (String parameter : primitive.parameters()) {
            boolean optional = parameter.endsWith("?") || parameter.endsWith("*");
            if (!optional && !assigned.named().containsKey(parameter)) {
                return arguments.missing(call, parameter);
            }
        }
        return true;
    }

    Value evaluate(Use use, String parameter) {
        return lowering.evaluate(use.get(parameter), use.scope());
    }

    private Elementwise.Operand operand(Use use, String parameter) {
        return new Elementwise.Operand(evaluate(use, parameter), use.get(parameter));
    }

    private Value binary(BinaryKind kind, Use use, String first, String second) {
        var a = operand(use, first);
        var b = operand(use, second);
        return a.value() instanceof Value.Failure || b.value() instanceof Value.Failure
                ? Value.FAILURE
                : lowering.elementwise()
                        .binary(
                                kind,
                                a,
                                b,
                                use.call().callee().text(),
                                use.call().callee().span());
    }

    /** A layer with the settings of one that waits for its input, and parameters of its own. */
    private Value another(Use use) {
        Value value = evaluate(use, "layer");
        if (value instanceof Value.Instance instance) {
            return instance.at(use.scope()
                    .place()
                    .fresh(instance.layer().name().text(), use.scope().index()));
        }
        return value instanceof Value.Failure
                ? value
                : elaboration.fail(Problem.at(
                        use.get("layer").span(),
                        Code.WRONG_VALUE,
                        "`another` takes a layer without its input, such as `lstm(units = 64)`, not "
                                + Values.describe(value)));
    }

    private Value where(Use use) {
        return lowering.elementwise()
                .select(
                        operand(use, "condition"),
                        operand(use, "x"),
                        operand(use, "y"),
                        use.call().callee().span());
    }

    /** @param what the function or operator as written */
    Value unary(UnaryKind kind, String what, Value operand, Expression expression) {
        if (operand instanceof Value.Truth(boolean truth, OptionalInt runtime)
                && kind == UnaryKind.NOT
                && runtime.isEmpty()) {
            return Value.Truth.of(!truth);
        }
        if (operand instanceof Value.Number number && kind != UnaryKind.NOT) {
            OptionalInt runtime = number.runtime().stream()
                    .map(id -> elaboration.builder().add(new Op.Unary(kind), id))
                    .findFirst();
            return new Value.Number(ScalarRule.unary(kind, number.value()), runtime, Optional.empty());
        }
        return lowering.tensor(operand, expression)
                .<Value>map(t -> onTensor(kind, what, t, expression))
                .orElse(Value.FAILURE);
    }

    private Value onTensor(UnaryKind kind, String what, Value.Tensor tensor, Expression expression) {
        return kind.domain().has(tensor.type().element())
                ? new TensorBuilder(elaboration.builder()).unary(kind, tensor)
                : elaboration.fail(Problem.at(
                        expression.span(), Code.ELEMENT_TYPE, "`" + what + "` does not take " + tensor.type()));
    }
}
