package org.descentlang.compiler.names;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.ast.Declaration.Kind;
import org.descentlang.compiler.ast.Declaration.Parameter;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.ast.Requirement;
import org.descentlang.compiler.ast.Requirement.Bound;
import org.descentlang.compiler.ast.Statement;
import org.descentlang.compiler.ast.TypeExpression;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.diagnostic.Suggestion;

/**
 * The names of one definition, whether it is used or not: that each is declared, that none is a parameter twice and
 * that none is bound for nothing. Types and shapes are checked where a definition is used.
 */
public final class NameResolution {
    private static final List<Kind> CALLABLE = List.of(Kind.FUNCTION, Kind.LAYER, Kind.LOSS, Kind.METRIC, Kind.INIT);

    private final Declarations declarations;
    private final Set<String> primitives;
    private final Definition definition;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> read = new HashSet<>();
    private final Map<String, Name> bound = new LinkedHashMap<>();

    private NameResolution(
            Declarations declarations, Set<String> primitives, Definition definition, Problems problems) {
        this.declarations = declarations;
        this.primitives = primitives;
        this.definition = definition;
        this.problems = problems;
    }

    /** @param primitives the functions that are not written in the language */
    public static void check(
            Declarations declarations, Set<String> primitives, Definition definition, Problems problems) {
        new NameResolution(declarations, primitives, definition, problems).run();
    }

    private void run() {
        known.addAll(implicit(definition.kind()));
        parameters();
        definition.result().ifPresent(this::type);
        requirements();
        statements(definition.body());
        if (definition.kind() != Kind.MODEL) {
            bound.values().stream()
                    .filter(name -> !read.contains(name.text()))
                    .forEach(name ->
                            problems.report(Problem.at(name.span(), Code.UNUSED_NAME, "`" + name + "` is never used")));
        }
    }

    /** What a body sees without declaring it. */
    private static List<String> implicit(Kind kind) {
        return switch (kind) {
            case FUNCTION, LAYER, LOSS, METRIC -> List.of("training", "none", "pi", "π");
            case MODEL -> List.of("training", "none", "pi", "π", "batch");
            case OPTIMIZER, CLIP -> List.of("θ", "g", "t", "pi", "π");
            case SCHEDULE -> List.of("base", "t", "rest", "pi", "π");
            case INIT -> List.of("fan_in", "fan_out", "pi", "π");
        };
    }

    private void parameters() {
        var names = new HashSet<String>();
        for (Parameter parameter : definition.parameters()) {
            if (!names.add(parameter.name().text())) {
                problems.report(Problem.at(
                        parameter.name().span(),
                        Code.DUPLICATE_NAME,
                        "`" + definition.name() + "` has two arguments called `" + parameter.name() + "`"));
            }
        }
        known.addAll(names);
        for (Parameter parameter : definition.parameters()) {
            parameter.type().ifPresent(this::bindDimensions);
            parameter.initial().ifPresent(this::expression);
        }
    }

    private void requirements() {
        for (Requirement requirement : definition.requirements()) {
            for (Requirement.Condition condition : requirement.conditions()) {
                List<Name> compared = condition.bounds().stream()
                        .flatMap(bound -> bound instanceof Bound.Named(var name) ? Stream.of(name) : Stream.empty())
                        .toList();
                compared.stream().filter(name -> !isSize(name)).forEach(this::required);
                if (!(condition instanceof Requirement.Divides)
                        && compared.stream().allMatch(this::isSize)) {
                    problems.report(Problem.at(
                            requirement.span(),
                            Code.WRONG_VALUE,
                            "a requirement must compare an argument with something"));
                }
            }
        }
    }

    /** Whether it is an axis of an argument: `scores : f32[.., k]` has the size `k`. */
    private boolean isSize(Name name) {
        return definition.parameters().stream()
                .flatMap(parameter -> parameter.type().stream())
                .flatMap(type ->
                        type instanceof TypeExpression.Tensor tensor ? tensor.dimensions().stream() : Stream.empty())
                .anyMatch(dimension -> dimension instanceof Expression.Reference(var size)
                        && size.text().equals(name.text())
                        && !name.text().equals("batch"));
    }

    /** Tensors, durations and truths are not numbers to compare. */
    private void required(Name name) {
        List<String> numbers = definition.parameters().stream()
                .filter(parameter -> parameter.type().isEmpty())
                .filter(parameter -> !(parameter.initial().orElse(null) instanceof Expression.Truth))
                .map(parameter -> parameter.name().text())
                .toList();
        if (!numbers.contains(name.text())) {
            unknown(
                    name,
                    "`" + definition.name() + "` has no number `" + name + "` among its arguments",
                    () -> numbers);
        }
    }

    private void bindDimensions(TypeExpression type) {
        if (type instanceof TypeExpression.Tensor tensor) {
            for (Expression dimension : tensor.dimensions()) {
                if (dimension instanceof Expression.Reference reference) {
                    known.add(reference.name().text());
                } else {
                    expression(dimension);
                }
            }
        }
    }

    private void type(TypeExpression type) {
        if (type instanceof TypeExpression.Tensor tensor) {
            tensor.dimensions().forEach(this::expression);
        }
    }

    private void statements(List<Statement> statements) {
        statements.forEach(this::statement);
    }

    private void statement(Statement statement) {
        switch (statement) {
            case Statement.Let let -> {
                expression(let.value());
                let.names().forEach(this::bind);
            }
            case Statement.Assign assign -> {
                target(assign.target());
                expression(assign.value());
            }
            case Statement.ParameterDeclaration parameter -> {
                type(parameter.type());
                parameter.initial().ifPresent(this::initial);
                known.add(parameter.name().text());
            }
            case Statement.RunningDeclaration state -> {
                type(state.type());
                expression(state.initial());
                known.add(state.name().text());
            }
            case Statement.InputDeclaration input -> {
                type(input.type());
                known.add(input.name().text());
            }
            case Statement.OutputDeclaration output -> {
                output.type().ifPresent(this::type);
                expression(output.value());
                known.add(output.name().text());
            }
            case Statement.Return result -> expression(result.value());
            case Statement.If branch -> {
                expression(branch.condition());
                statements(branch.then());
                statements(branch.otherwise());
            }
            case Statement.For loop -> {
                expression(loop.low());
                expression(loop.high());
                known.add(loop.variable().text());
                statements(loop.body());
            }
            case Statement.Emit emit -> expression(emit.value());
            case Statement.StateDeclaration states ->
                states.states().forEach(state -> {
                    expression(state.value());
                    known.add(state.name().text());
                });
            case Statement.GradientAt point -> expression(point.point());
            case Statement.ForParameters settings -> settings.settings().forEach(s -> expression(s.value()));
            case Statement.Freeze _ -> {}
        }
    }

    private void bind(Name name) {
        known.add(name.text());
        bound.putIfAbsent(name.text(), name);
    }

    private void target(Name name) {
        if (!known.contains(name.text())) {
            unknown(name, "`" + name + "` is not declared", () -> known);
        }
    }

    /** First values may ask for the sizes of their parameter. */
    private void initial(Expression expression) {
        List<String> added = implicit(Kind.INIT).stream().filter(known::add).toList();
        expression(expression);
        added.forEach(known::remove);
    }

    private void expression(Expression expression) {
        switch (expression) {
            case Expression.Reference reference -> reference(reference.name());
            case Expression.All all -> reference(all.name());
            case Expression.Array array -> array.elements().forEach(this::expression);
            case Expression.Tuple tuple -> tuple.elements().forEach(this::expression);
            case Expression.Unary unary -> expression(unary.operand());
            case Expression.Binary binary -> {
                expression(binary.left());
                expression(binary.right());
            }
            case Expression.Call call -> call(call);
            case Expression.Range range -> {
                expression(range.low());
                expression(range.high());
            }
            case Expression.Index index -> {
                expression(index.target());
                index.subscripts().forEach(this::subscript);
            }
            case Expression.Then then -> {
                expression(then.first());
                expression(then.second());
            }
            case Expression.Scan scan -> scan(scan);
            case Expression.Member member -> expression(member.target());
            case Expression.Path path -> reference(path.parts().getFirst());
            case Expression.Number _,
                    Expression.Quantity _,
                    Expression.Text _,
                    Expression.Truth _,
                    Expression.Leading _ -> {}
        }
    }

    private void subscript(Expression.Subscript subscript) {
        switch (subscript) {
            case Expression.Subscript.At at -> expression(at.position());
            case Expression.Subscript.Between between -> {
                between.low().ifPresent(this::expression);
                between.high().ifPresent(this::expression);
            }
            case Expression.Subscript.Rest _ -> {}
        }
    }

    private void scan(Expression.Scan scan) {
        scan.sequences().forEach(sequence -> expression(sequence.value()));
        scan.carried().forEach(binding -> expression(binding.value()));
        scan.sequences().forEach(sequence -> known.add(sequence.name().text()));
        for (Expression.Binding carried : scan.carried()) {
            known.add(carried.name().text());
            read.add(carried.name().text());
        }
        statements(scan.body());
    }

    private void call(Expression.Call call) {
        String name = call.callee().text();
        read.add(name);
        boolean found = known.contains(name)
                || primitives.contains(name)
                || declarations
                        .definition(List.of(Kind.values()), call.callee())
                        .isPresent();
        if (!found) {
            unknown(call.callee(), "there is no function or layer `" + name + "`", this::functions);
        }
        call.arguments().forEach(argument -> expression(argument.value()));
    }

    private void reference(Name name) {
        read.add(name.text());
        boolean found = known.contains(name.text())
                || primitives.contains(name.text())
                || declarations.definition(CALLABLE, name).isPresent();
        if (!found) {
            unknown(name, "`" + name + "` is not declared", this::values);
        }
    }

    private Collection<String> values() {
        var candidates = new ArrayList<>(known);
        candidates.addAll(declarations.names(CALLABLE));
        return candidates;
    }

    private Collection<String> functions() {
        var names = declarations.names(CALLABLE);
        names.addAll(primitives);
        return names;
    }

    private void unknown(Name name, String title, Supplier<Collection<String>> candidates) {
        if (!problems.isFull()) {
            problems.report(Problem.at(
                    name.span(), Code.UNKNOWN_NAME, title + Suggestion.didYouMean(name.text(), candidates.get())));
        }
    }
}
