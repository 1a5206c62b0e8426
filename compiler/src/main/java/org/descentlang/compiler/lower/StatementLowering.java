package org.descentlang.compiler.lower;

import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.ast.Statement;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.model.RunningSpec;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;
import org.descentlang.description.NumberText;

/** Runs the statements of a body in their scope. */
final class StatementLowering {
    /** What a model and a scan do with the statements that only they have. */
    interface Ports {
        default void input(Statement.InputDeclaration input, Scope scope) {}

        default void output(Statement.OutputDeclaration output, Value value) {}

        default void emit(Statement.Emit emit, Scope scope) {}
    }

    private static final Ports NONE = new Ports() {};

    private final ExpressionLowering lowering;
    private final Elaboration elaboration;
    private final Types types;
    private final ParameterDeclarations parameters;
    private final Ports ports;

    StatementLowering(ExpressionLowering lowering, Types types) {
        this(lowering, types, NONE);
    }

    StatementLowering(ExpressionLowering lowering, Types types, Ports ports) {
        this.lowering = lowering;
        this.elaboration = lowering.elaboration();
        this.types = types;
        this.parameters = new ParameterDeclarations(lowering, types);
        this.ports = ports;
    }

    /** What a body returns, of the type that its definition declares. */
    Value body(Definition definition, Scope scope) {
        Optional<Value> returned = run(definition.body(), scope);
        if (returned.isEmpty()) {
            return elaboration.fail(Problem.at(
                    definition.name().span(), Code.NO_RESULT, "`" + definition.name() + "` returns nothing"));
        }
        return definition
                .result()
                .filter(_ -> !(returned.get() instanceof Value.Failure))
                .map(type -> checked(returned.get(), definition, type, scope))
                .orElse(returned.get());
    }

    private Value checked(
            Value returned, Definition definition, org.descentlang.compiler.ast.TypeExpression type, Scope scope) {
        Optional<Types.Typed> declared = types.resolve(type, scope);
        if (declared.isEmpty()) {
            return Value.FAILURE;
        }
        TensorType expected = declared.get().type();
        Optional<Value.Tensor> tensor = lowering.elementwise().constant(returned, expected.element());
        String actual = tensor.map(t -> t.type().toString()).orElse(Values.describe(returned));
        return tensor.filter(t -> t.type().equals(expected))
                .<Value>map(t -> t)
                .orElseGet(() -> elaboration.fail(Problem.at(
                        type.span(),
                        Code.RESULT_TYPE,
                        "`" + definition.name() + "` is declared to return " + expected + ", but returns " + actual)));
    }

    /** The value of the first `return` that is reached. */
    Optional<Value> run(List<Statement> statements, Scope scope) {
        for (Statement statement : statements) {
            Optional<Value> returned = run(statement, scope);
            if (returned.isPresent()) {
                return returned;
            }
        }
        return Optional.empty();
    }

    /** Statements that belong elsewhere were reported by the check of the declaration. */
    private Optional<Value> run(Statement statement, Scope scope) {
        switch (statement) {
            case Statement.Let let -> let(let, scope);
            case Statement.Assign assign -> assign(assign, scope);
            case Statement.ParameterDeclaration parameter -> parameters.declare(parameter, scope);
            case Statement.RunningDeclaration state -> running(state, scope);
            case Statement.InputDeclaration input -> ports.input(input, scope);
            case Statement.OutputDeclaration output -> output(output, scope);
            case Statement.Return result -> {
                return Optional.of(lowering.evaluate(result.value(), scope));
            }
            case Statement.If branch -> {
                return branch(branch, scope);
            }
            case Statement.For loop -> {
                return loop(loop, scope);
            }
            case Statement.Emit emit -> ports.emit(emit, scope);
            case Statement.StateDeclaration _,
                    Statement.GradientAt _,
                    Statement.ForParameters _,
                    Statement.Freeze _ -> {}
        }
        return Optional.empty();
    }

    private void let(Statement.Let let, Scope scope) {
        Name first = let.names().getFirst();
        Value value = named(first, scope, () -> bound(let, scope));
        if (let.names().size() == 1) {
            scope.bind(first.text(), value);
            return;
        }
        List<Value> parts = value instanceof Value.Tuple tuple ? tuple.elements() : List.of();
        boolean fits = parts.size() == let.names().size();
        if (!fits && !(value instanceof Value.Failure)) {
            elaboration.report(Problem.at(
                    let.value().span(),
                    Code.TUPLE,
                    let.names().size() + " names cannot take " + Values.describe(value)));
        }
        for (int i = 0; i < let.names().size(); i++) {
            scope.bind(let.names().get(i).text(), fits ? parts.get(i) : Value.FAILURE);
        }
    }

    /** What is bound to a scan has its last values below its name. */
    private Value bound(Statement.Let let, Scope scope) {
        return let.value() instanceof Expression.Scan scan && let.names().size() == 1
                ? lowering.scans().bound(scan, let.names().getFirst(), scope)
                : lowering.evaluate(let.value(), scope);
    }

    /** Evaluates with the binding's name in the path. */
    private static Value named(Name name, Scope scope, java.util.function.Supplier<Value> evaluate) {
        Place outer = scope.place();
        scope.place(outer.binding(name.text()));
        try {
            return evaluate.get();
        } finally {
            scope.place(outer);
        }
    }

    private void output(Statement.OutputDeclaration output, Scope scope) {
        Value value = named(output.name(), scope, () -> lowering.evaluate(output.value(), scope));
        Value bound = lowering.tensor(value, output.value()).<Value>map(t -> t).orElse(Value.FAILURE);
        if (bound instanceof Value.Tensor tensor && output.type().isPresent()) {
            bound = types.resolve(output.type().get(), scope)
                    .<Value>map(declared -> outputType(output, tensor, declared.type()))
                    .orElse(Value.FAILURE);
        }
        scope.bind(output.name().text(), bound);
        ports.output(output, bound);
    }

    private Value outputType(Statement.OutputDeclaration output, Value.Tensor tensor, TensorType declared) {
        return tensor.type().equals(declared)
                ? tensor
                : elaboration.fail(Problem.at(
                        output.value().span(),
                        Code.RESULT_TYPE,
                        "`" + output.name() + "` is declared as " + declared + ", but this is " + tensor.type()));
    }

    private void running(Statement.RunningDeclaration state, Scope scope) {
        String path = scope.place().join(state.name() + scope.index());
        Optional<Types.Typed> typed = types.resolve(state.type(), scope);
        Value initial = lowering.evaluate(state.initial(), scope);
        if (typed.isEmpty() || !parameters.isFree(path, state.name(), scope)) {
            scope.bind(state.name().text(), Value.FAILURE);
            return;
        }
        Shape shape = typed.get().type().shape();
        if (!shape.isFixed() || !(initial instanceof Value.Number number)) {
            scope.bind(
                    state.name().text(),
                    elaboration.fail(
                            Problem.at(
                                    state.span(),
                                    Code.INITIAL,
                                    "running state needs sizes that do not depend on the batch, and a number as its initial value")));
            return;
        }
        elaboration
                .registry()
                .add(new RunningSpec(path, shape, number.value(), state.name().span()));
        var type = TensorType.f32(shape);
        Value.Tensor current = elaboration
                .running(path)
                .orElseGet(() -> new Value.Tensor(
                        elaboration.read(Op.Storage.RUNNING, path, type),
                        type,
                        typed.get().axes()));
        elaboration.running(path, current);
        scope.running(state.name().text(), path);
        scope.bind(state.name().text(), current);
    }

    private void assign(Statement.Assign assign, Scope scope) {
        String name = assign.target().text();
        Value value = lowering.evaluate(assign.value(), scope);
        Optional<String> path = scope.running(name);
        if (path.isEmpty()) {
            Optional<Value> bound = scope.value(name);
            if (!bound.filter(v -> v instanceof Value.Failure).isPresent()) {
                Problem problem = Problem.at(
                        assign.target().span(),
                        Code.MISPLACED,
                        "`" + name + "` is not running state, so `←` cannot change it");
                elaboration.report(
                        bound.map(_ -> problem.help("write `" + name + " = …` for another value of that name"))
                                .orElse(problem));
            }
            return;
        }
        Optional<Value.Tensor> tensor = lowering.tensor(value, assign.value());
        TensorType declared = elaboration.running(path.get()).orElseThrow().type();
        if (tensor.isPresent() && tensor.get().type().isScalar()) {
            tensor = tensor.map(t -> Broadcasting.stretch(elaboration.builder(), t, declared.shape()));
        }
        if (tensor.isPresent() && !tensor.get().type().equals(declared)) {
            elaboration.report(Problem.at(
                    assign.value().span(),
                    Code.RESULT_TYPE,
                    "`" + name + "` is " + declared + ", but this is "
                            + tensor.get().type()));
            return;
        }
        tensor.ifPresent(t -> {
            elaboration.running(path.get(), t);
            scope.bind(name, t);
        });
    }

    private Optional<Value> branch(Statement.If branch, Scope scope) {
        return lowering.decide(branch.condition(), scope)
                .map(holds -> run(holds ? branch.then() : branch.otherwise(), scope))
                .orElseGet(() -> Optional.of(Value.FAILURE));
    }

    private Optional<Value> loop(Statement.For loop, Scope scope) {
        var low = lowering.number(loop.low(), scope, "the first number of `for`");
        var high = lowering.number(loop.high(), scope, "the last number of `for`");
        if (low.isEmpty() || high.isEmpty() || !isLoop(loop, low.getAsDouble(), high.getAsDouble())) {
            return Optional.empty();
        }
        String outer = scope.index();
        Optional<Value> returned = Optional.empty();
        for (long i = (long) low.getAsDouble(); i <= (long) high.getAsDouble() && returned.isEmpty(); i++) {
            scope.index(outer + "." + i);
            scope.bind(loop.variable().text(), Value.Number.of((double) i));
            returned = elaboration.turn(loop.span()) ? iterate(loop, scope) : Optional.of(Value.FAILURE);
        }
        scope.index(outer);
        scope.unbind(loop.variable().text());
        return returned;
    }

    private Optional<Value> iterate(Statement.For loop, Scope scope) {
        try {
            return run(loop.body(), scope);
        } finally {
            elaboration.ascend();
        }
    }

    private boolean isLoop(Statement.For loop, double low, double high) {
        if (low != Math.rint(low) || high != Math.rint(high) || low < 0) {
            elaboration.report(Problem.at(
                    loop.low().span().to(loop.high().span()),
                    Code.SIZE,
                    "`for` needs whole numbers of at least 0, not " + NumberText.of(low) + " .. "
                            + NumberText.of(high)));
            return false;
        }
        if (high - low >= Budget.STEPS) {
            elaboration.report(Problem.at(
                    loop.low().span().to(loop.high().span()),
                    Code.TOO_LARGE,
                    "`for` is unrolled at compile time, so it may run at most " + Budget.STEPS + " times"));
            return false;
        }
        return true;
    }
}
