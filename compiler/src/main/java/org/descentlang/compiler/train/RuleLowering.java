package org.descentlang.compiler.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.descentlang.compiler.ast.Declaration.Kind;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.ast.Statement;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.lower.Elaboration;
import org.descentlang.compiler.lower.ExpressionLowering;
import org.descentlang.compiler.lower.Place;
import org.descentlang.compiler.lower.Requirements;
import org.descentlang.compiler.lower.Scope;
import org.descentlang.compiler.lower.Value;
import org.descentlang.compiler.model.Hyperparameter;
import org.descentlang.compiler.model.StateSpec;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.TensorType;

/**
 * Lowers the statements of one optimizer or clip, each for all groups before the next, so that `norm(all g)` sees every
 * group's value of that moment.
 */
final class RuleLowering {
    /** A group and the names of the rule as they are for it. */
    private record Member(GroupState state, Scope scope) {}

    private final ExpressionLowering lowering;
    private final Elaboration elaboration;
    private final RuleUse rule;
    private final boolean lookAhead;
    private final List<Member> members = new ArrayList<>();
    private final List<StateSpec> states = new ArrayList<>();
    private final List<String> equations = new ArrayList<>();
    private Optional<Statement.GradientAt> gradientAt = Optional.empty();
    private boolean assigned;
    private boolean finished;
    private boolean fulfilled = true;

    /**
     * @param numbers by group: the rule's numbers there
     * @param lookAhead whether to stop at `gradient at …`, with that point as the parameters
     */
    RuleLowering(
            RuleUse rule,
            List<GroupState> groups,
            List<Map<String, Setting>> numbers,
            boolean lookAhead,
            ExpressionLowering lowering) {
        this.rule = rule;
        this.lookAhead = lookAhead;
        this.lowering = lowering;
        this.elaboration = lowering.elaboration();
        for (int i = 0; i < groups.size(); i++) {
            members.add(new Member(groups.get(i), scope(groups.get(i), numbers.get(i))));
        }
    }

    /** @return whether the rule's numbers are what it requires; if not, nothing is lowered */
    boolean lower() {
        if (fulfilled && elaboration.enter(rule.span())) {
            lower(rule.definition().body());
            elaboration.leave();
        }
        return fulfilled;
    }

    List<StateSpec> states() {
        return states;
    }

    /** The statements that were executed, as written. */
    List<String> equations() {
        return equations;
    }

    boolean hasLookAhead() {
        return gradientAt.isPresent();
    }

    private Scope scope(GroupState group, Map<String, Setting> numbers) {
        Scope scope = elaboration.scope(new Place("optimizer"));
        rule.choices().forEach((name, given) -> scope.bind(name, given.value()));
        numbers.forEach((name, setting) -> hyperparameter(name, setting, scope));
        fulfilled &= new Requirements(rule.definition(), elaboration).hold(scope::given);
        int t = elaboration.read(Op.Storage.SCALAR, "t", TensorType.SCALAR);
        scope.bind("t", Value.Tensor.of(t, TensorType.SCALAR));
        group.values().forEach(scope::bind);
        return scope;
    }

    private void hyperparameter(String name, Setting setting, Scope scope) {
        var declared = new Hyperparameter(
                setting.path(),
                name,
                setting.number().value(),
                setting.defaulted(),
                setting.span(),
                Requirements.range(rule.definition(), name));
        Value value = elaboration.hyperparameter(declared, setting.number().written());
        Span place = elaboration.overrides().place(setting.path()).orElse(setting.span());
        scope.bind(name, value);
        scope.given(name, new Value.Given(value, place, setting.defaulted()));
    }

    private void lower(List<Statement> body) {
        for (Statement statement : body) {
            if (finished) {
                return;
            }
            lower(statement);
        }
    }

    private void lower(Statement statement) {
        switch (statement) {
            case Statement.Let let -> let(let);
            case Statement.Assign assign -> assign(assign);
            case Statement.If condition -> decide(condition);
            case Statement.StateDeclaration declaration -> declare(declaration);
            case Statement.GradientAt point -> gradientAt(point);
            case Statement.ForParameters settings -> onlyInOptimizer(settings.span(), "for");
            case Statement.ParameterDeclaration _,
                    Statement.RunningDeclaration _,
                    Statement.InputDeclaration _,
                    Statement.OutputDeclaration _,
                    Statement.Return _,
                    Statement.Emit _,
                    Statement.For _,
                    Statement.Freeze _ ->
                elaboration.report(Problem.at(
                        statement.span(),
                        Code.MISPLACED,
                        "this statement is not allowed in a rule, which changes θ, g and its states with `←`"));
        }
    }

    private void let(Statement.Let let) {
        shareNames();
        for (Member member : members) {
            Value value = lowering.evaluate(let.value(), member.scope());
            if (let.names().size() == 1) {
                member.scope().bind(let.names().getFirst().text(), value);
            } else {
                takeApart(let, value, member.scope());
            }
        }
        equations.add(let.span().text());
    }

    private void takeApart(Statement.Let let, Value value, Scope scope) {
        if (value instanceof Value.Tuple(var elements)
                && elements.size() == let.names().size()) {
            for (int i = 0; i < elements.size(); i++) {
                scope.bind(let.names().get(i).text(), elements.get(i));
            }
            return;
        }
        if (!(value instanceof Value.Failure)) {
            elaboration.report(Problem.at(
                    let.value().span(), Code.TUPLE, "this is not " + let.names().size() + " values"));
        }
        let.names().forEach(name -> scope.bind(name.text(), Value.FAILURE));
    }

    private void assign(Statement.Assign assign) {
        Name target = assign.target();
        boolean clips = rule.definition().kind() == Kind.CLIP;
        boolean known = members.stream().allMatch(member -> member.state().has(target.text()));
        if (!members.isEmpty() && (!known || clips && !target.text().equals(GroupState.GRADIENT))) {
            String what = clips ? "a clip can only change `g`" : "a rule can only change `θ`, `g` and its states";
            boolean unknown = members.getFirst().scope().value(target.text()).isEmpty();
            elaboration.report(Problem.at(
                    target.span(), unknown ? Code.UNKNOWN_NAME : Code.MISPLACED, what + ", not `" + target + "`"));
            return;
        }
        shareNames();
        assigned = true;
        for (Member member : members) {
            Value value = lowering.evaluate(assign.value(), member.scope());
            asGroup(value, assign.value(), member.state().type())
                    .ifPresentOrElse(
                            tensor -> {
                                member.state().set(target.text(), tensor);
                                member.scope().bind(target.text(), tensor);
                            },
                            () -> member.scope().bind(target.text(), Value.FAILURE));
        }
        equations.add(assign.span().text());
    }

    /** The value for every element of a group: a number stands for all of them. */
    private Optional<Value.Tensor> asGroup(Value value, Expression written, TensorType group) {
        Optional<Value.Tensor> tensor = lowering.tensor(value, written);
        if (tensor.isEmpty() || tensor.get().type().equals(group)) {
            return tensor;
        }
        if (tensor.get().type().equals(TensorType.SCALAR)) {
            int stretched = elaboration
                    .builder()
                    .add(
                            new Op.Broadcast(group.shape(), List.of()),
                            tensor.get().id());
            return Optional.of(Value.Tensor.of(stretched, group));
        }
        elaboration.report(Problem.at(written.span(), Code.WRONG_VALUE, "expected a number for each element of θ"));
        return Optional.empty();
    }

    private void decide(Statement.If condition) {
        if (members.isEmpty()) {
            return;
        }
        Value decision =
                lowering.evaluate(condition.condition(), members.getFirst().scope());
        if (decision instanceof Value.Truth truth) {
            lower(truth.value() ? condition.then() : condition.otherwise());
        } else if (!(decision instanceof Value.Failure)) {
            elaboration.report(Problem.at(
                            condition.condition().span(),
                            Code.NOT_CONSTANT,
                            "the condition of `if` must be known at compile time")
                    .help("to choose for every element, write `where(condition, a, b)`"));
        }
    }

    private void declare(Statement.StateDeclaration declaration) {
        if (!onlyInOptimizer(declaration.span(), "state")) {
            return;
        }
        for (Expression.Binding binding : declaration.states()) {
            String name = binding.name().text();
            for (Member member : members) {
                var initial = lowering.number(binding.value(), member.scope(), "the initial value of a state");
                var state = new StateSpec(name, member.state().group(), initial.orElse(0));
                if (member.state().has(name)) {
                    elaboration.report(Problem.at(
                            binding.name().span(), Code.DUPLICATE_NAME, "`" + name + "` is already declared"));
                    return;
                }
                states.add(state);
                member.state().readState(name, state.path(), elaboration);
                member.scope().bind(name, member.state().value(name));
            }
        }
        equations.add(declaration.span().text());
    }

    private void gradientAt(Statement.GradientAt statement) {
        if (!onlyInOptimizer(statement.span(), "gradient at")) {
            return;
        }
        if (assigned || gradientAt.isPresent()) {
            elaboration.report(
                    Problem.at(statement.span(), Code.MISPLACED, "`gradient at` may appear only once, before any `←`"));
            return;
        }
        gradientAt = Optional.of(statement);
        equations.add(statement.span().text());
        if (lookAhead) {
            shareNames();
            for (Member member : members) {
                Value point = lowering.evaluate(statement.point(), member.scope());
                asGroup(point, statement.point(), member.state().type())
                        .ifPresent(tensor -> member.state().set(GroupState.PARAMETER, tensor));
            }
            finished = true;
        }
    }

    private boolean onlyInOptimizer(Span span, String what) {
        boolean optimizer = rule.definition().kind() == Kind.OPTIMIZER;
        if (!optimizer) {
            elaboration.report(Problem.at(span, Code.MISPLACED, "`" + what + "` is not allowed in a clip"));
        }
        return optimizer;
    }

    /** Makes `all g` mean every group's present `g`, and so for each name that has a value for every element. */
    private void shareNames() {
        for (String name : vectorNames()) {
            var all = new ArrayList<Value.Tensor>();
            for (Member member : members) {
                member.scope().value(name).ifPresent(value -> all.add((Value.Tensor) value));
            }
            members.forEach(member -> member.scope().bind("all " + name, new Value.Tensors(all)));
        }
    }

    private List<String> vectorNames() {
        return members.isEmpty()
                ? List.of()
                : members.getFirst().scope().names().stream()
                        .filter(name -> members.stream().allMatch(member -> isVector(member, name)))
                        .toList();
    }

    private static boolean isVector(Member member, String name) {
        return member.scope().value(name).stream()
                .anyMatch(value -> value instanceof Value.Tensor tensor
                        && tensor.type().equals(member.state().type()));
    }
}
