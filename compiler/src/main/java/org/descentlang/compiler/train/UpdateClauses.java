package org.descentlang.compiler.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Statement;
import org.descentlang.compiler.ast.TrainClause;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.lower.Elaboration;
import org.descentlang.compiler.lower.ExpressionLowering;
import org.descentlang.compiler.lower.Place;
import org.descentlang.compiler.lower.Value;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.RunningSpec;

/** `optimizer`, with what it says of single parameters, and `clip`. */
final class UpdateClauses {
    private final TrainClause.Optimizer optimizer;
    private final List<TrainClause.Clip> clips;
    private final Function<String, Elaboration> elaborations;
    private final Problems problems;

    UpdateClauses(
            TrainClause.Optimizer optimizer,
            List<TrainClause.Clip> clips,
            Function<String, Elaboration> elaborations,
            Problems problems) {
        this.optimizer = optimizer;
        this.clips = clips;
        this.elaborations = elaborations;
        this.problems = problems;
    }

    /** What nothing may change. */
    List<Statement.Selector> frozen() {
        return optimizer.settings().stream()
                .filter(Statement.Freeze.class::isInstance)
                .map(Statement.Freeze.class::cast)
                .flatMap(freeze -> freeze.selectors().stream())
                .toList();
    }

    Optional<UpdateLowering.Lowered> lower(List<ParameterSpec> parameters, List<RunningSpec> running) {
        var lowering = new ExpressionLowering(elaborations.apply("arguments"));
        var binding = new RuleBinding(lowering);
        Optional<RuleUse> rule = binding.optimizer(optimizer.rule());
        var clipRules = new ArrayList<RuleUse>();
        clips.forEach(clip -> binding.clip(clip.rule()).ifPresent(clipRules::add));
        checkSelectors(parameters, running);
        List<ParameterSpec> frozen = parameters.stream()
                .filter(parameter -> Selectors.matches(frozen(), parameter))
                .toList();
        List<ParameterSpec> trained = parameters.stream()
                .filter(parameter -> !frozen.contains(parameter))
                .toList();
        if (rule.isEmpty() || clipRules.size() < clips.size()) {
            return Optional.empty();
        }
        if (trained.isEmpty()) {
            problems.report(Problem.at(
                    optimizer.rule().callee().span(), Code.UNMATCHED_SELECTOR, "there is no parameter to train"));
            return Optional.empty();
        }
        var settings = new RuleSettings(
                rule.get().numbers(),
                rule.get().definition().body(),
                optimizer.settings(),
                expression -> number(expression, lowering),
                problems);
        var groups = ParameterGroups.of(trained, settings);
        return new UpdateLowering(rule.get(), clipRules, elaborations).lower(groups, frozen);
    }

    private void checkSelectors(List<ParameterSpec> parameters, List<RunningSpec> running) {
        for (Statement setting : optimizer.settings()) {
            if (setting instanceof Statement.ForParameters group) {
                Selectors.check(group.selectors(), parameters, List.of(), problems);
            }
        }
        Selectors.check(
                frozen(), parameters, running.stream().map(RunningSpec::path).toList(), problems);
    }

    private static Optional<Value.Number> number(Expression expression, ExpressionLowering lowering) {
        var scope = lowering.elaboration().scope(new Place(""));
        var number = lowering.number(expression, scope, "a number of the rule");
        return number.isPresent() ? Optional.of(Value.Number.of(number.getAsDouble())) : Optional.empty();
    }
}
