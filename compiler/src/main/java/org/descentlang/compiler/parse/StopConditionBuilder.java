package org.descentlang.compiler.parse;

import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.TrainClause.StopCondition;
import org.descentlang.grammar.DescentParser.AfterConditionContext;
import org.descentlang.grammar.DescentParser.BothConditionsContext;
import org.descentlang.grammar.DescentParser.EitherConditionContext;
import org.descentlang.grammar.DescentParser.GroupedConditionContext;
import org.descentlang.grammar.DescentParser.MetricConditionContext;
import org.descentlang.grammar.DescentParser.ThresholdContext;
import org.descentlang.grammar.DescentParserBaseVisitor;

/** What follows `stop when`. */
final class StopConditionBuilder extends DescentParserBaseVisitor<StopCondition> {
    private final Literals literals;
    private final ExpressionBuilder expressions;

    StopConditionBuilder(Literals literals, ExpressionBuilder expressions) {
        this.literals = literals;
        this.expressions = expressions;
    }

    @Override
    public StopCondition visitGroupedCondition(GroupedConditionContext tree) {
        return tree.stopCondition().accept(this);
    }

    @Override
    public StopCondition visitBothConditions(BothConditionsContext tree) {
        return new StopCondition.And(
                tree.stopCondition(0).accept(this), tree.stopCondition(1).accept(this), Places.of(tree));
    }

    @Override
    public StopCondition visitEitherCondition(EitherConditionContext tree) {
        return new StopCondition.Or(
                tree.stopCondition(0).accept(this), tree.stopCondition(1).accept(this), Places.of(tree));
    }

    @Override
    public StopCondition visitAfterCondition(AfterConditionContext tree) {
        return new StopCondition.After(literals.duration(tree.duration()), Places.of(tree));
    }

    @Override
    public StopCondition visitMetricCondition(MetricConditionContext tree) {
        return tree.duration() == null
                ? new StopCondition.Compare(
                        expressions.path(tree.path()),
                        ExpressionBuilder.operator(tree.comparison()),
                        threshold(tree.threshold()),
                        Places.of(tree))
                : new StopCondition.Stalls(
                        Places.direction(tree.direction()),
                        Places.path(tree.path()),
                        literals.duration(tree.duration()),
                        Places.of(tree));
    }

    private Expression threshold(ThresholdContext tree) {
        return tree.count() == null ? expressions.path(tree.path()) : literals.count(tree.count());
    }
}
