package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.ast.Declaration.Parameter;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Statement;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.model.ModelSpec;
import org.descentlang.compiler.model.Port;
import org.descentlang.compiler.type.Dim;

/** Puts a model's operations into a program. */
public final class ModelLowering {
    private final ExpressionLowering lowering;
    private final Elaboration elaboration;

    public ModelLowering(ExpressionLowering lowering) {
        this.lowering = lowering;
        this.elaboration = lowering.elaboration();
    }

    /**
     * A model by itself: in inference mode.
     *
     * @param registry what another program of the same model has registered, or a new one
     * @param use the arguments; without them the defaults are in force
     * @return empty if something was reported
     */
    public static Optional<ModelSpec> specify(
            Session session, Registry registry, Definition model, Optional<Expression.Call> use) {
        var elaboration = new Elaboration(session, Mode.INFERENCE, new ProgramBuilder("predict"), registry);
        return new ModelLowering(new ExpressionLowering(elaboration))
                .lower(model, use)
                .flatMap(lowered -> {
                    boolean good = true;
                    for (Port port : lowered.outputs()) {
                        good &= writeOutput(elaboration, lowered, port);
                    }
                    return good ? Optional.of(specify(elaboration, lowered)) : Optional.empty();
                });
    }

    private static boolean writeOutput(Elaboration elaboration, LoweredModel lowered, Port port) {
        Optional<Value> value = lowered.scope().value(port.name());
        if (value.orElse(Value.FAILURE) instanceof Value.Tensor tensor) {
            elaboration.builder().output(Output.Sink.RESULT, port.name(), tensor.id());
            return true;
        }
        return false;
    }

    private static ModelSpec specify(Elaboration elaboration, LoweredModel lowered) {
        Program predict = elaboration.builder().build();
        Registry registry = elaboration.registry();
        var read = ScalarReads.of(predict);
        return new ModelSpec(
                lowered.definition().name().text(),
                lowered.definition().doc(),
                lowered.arguments(),
                lowered.inputs().stream()
                        .map(input -> input.below(elaboration.limit(input.name())))
                        .toList(),
                lowered.outputs(),
                registry.parameters(),
                registry.running(),
                registry.hyperparameters().stream()
                        .filter(h -> read.contains(h.path()))
                        .toList(),
                registry.layers(),
                predict,
                lowered.definition().span());
    }

    /** Appends the model to the program; empty if its arguments do not fit. */
    public Optional<LoweredModel> lower(Definition model, Optional<Expression.Call> use) {
        Scope outer = elaboration.scope(new Place(""));
        Expression.Call call = use.orElseGet(() ->
                new Expression.Call(model.name(), List.of(), false, model.name().span()));
        Optional<Map<String, Value.Given>> given =
                lowering.calls().evaluate(model, call, outer).map(g -> overridden(model, g));
        Scope scope = elaboration.scope(new Place(""));
        scope.dimension("batch", Dim.BATCH);
        if (given.isEmpty() || !lowering.calls().inlining().bind(model, given.get(), scope)) {
            return Optional.empty();
        }
        var ports = new ModelPorts();
        new StatementLowering(lowering, lowering.calls().inlining().types(), ports).run(model.body(), scope);
        return Optional.of(new LoweredModel(model, scope, arguments(model, scope), ports.inputs(), ports.outputs()));
    }

    /** `--set model.hidden=64`. */
    private Map<String, Value.Given> overridden(Definition model, Map<String, Value.Given> given) {
        var all = new LinkedHashMap<>(given);
        for (Parameter parameter : model.parameters()) {
            String name = parameter.name().text();
            OptionalDouble override = elaboration.overrides().value("model." + name);
            elaboration.overrides().place("model." + name).ifPresent(place -> {
                var number = new Value.Number(override.orElseThrow(), OptionalInt.empty(), Optional.of(place));
                all.put(name, new Value.Given(number, place, false));
            });
        }
        return all;
    }

    private static List<ModelSpec.Argument> arguments(Definition model, Scope scope) {
        return model.parameters().stream()
                .map(p -> p.name().text())
                .flatMap(name -> scope.given(name).map(given -> given.named(name)).stream())
                .toList();
    }

    /** Collects inputs and outputs while the body runs. */
    private final class ModelPorts implements StatementLowering.Ports {
        private final List<Port> inputs = new ArrayList<>();
        private final List<Port> outputs = new ArrayList<>();
        private final LinkedHashSet<String> names = new LinkedHashSet<>();

        List<Port> inputs() {
            return List.copyOf(inputs);
        }

        List<Port> outputs() {
            return List.copyOf(outputs);
        }

        @Override
        public void input(Statement.InputDeclaration input, Scope scope) {
            String name = input.name().text();
            Value value = lowering.calls()
                    .inlining()
                    .types()
                    .resolve(input.type(), scope)
                    .filter(_ -> isNew(input.name()))
                    .<Value>map(typed -> {
                        inputs.add(new Port(
                                name, typed.type(), input.doc(), input.name().span()));
                        return elaboration.input(name, typed.type(), typed.axes());
                    })
                    .orElse(Value.FAILURE);
            scope.bind(name, value);
        }

        @Override
        public void output(Statement.OutputDeclaration output, Value value) {
            if (isNew(output.name()) && value instanceof Value.Tensor tensor) {
                outputs.add(new Port(
                        output.name().text(),
                        tensor.type(),
                        output.doc(),
                        output.name().span()));
            }
        }

        private boolean isNew(org.descentlang.compiler.ast.Name name) {
            boolean added = names.add(name.text());
            if (!added) {
                elaboration.report(Problem.at(
                        name.span(), Code.DUPLICATE_NAME, "the model already has an input or output `" + name + "`"));
            }
            return added;
        }
    }
}
