package org.descentlang.compiler.parse;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.TrainClause;
import org.descentlang.compiler.ast.TrainClause.DeviceSetting;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.source.Span;
import org.descentlang.description.TrainingDescription.ShuffleOrder;
import org.descentlang.grammar.DescentParser.ArgumentsContext;
import org.descentlang.grammar.DescentParser.AverageClauseContext;
import org.descentlang.grammar.DescentParser.BatchClauseContext;
import org.descentlang.grammar.DescentParser.CheckpointClauseContext;
import org.descentlang.grammar.DescentParser.ClipClauseContext;
import org.descentlang.grammar.DescentParser.CountContext;
import org.descentlang.grammar.DescentParser.DataSourceClauseContext;
import org.descentlang.grammar.DescentParser.DeviceClauseContext;
import org.descentlang.grammar.DescentParser.DeviceSettingContext;
import org.descentlang.grammar.DescentParser.EpochsClauseContext;
import org.descentlang.grammar.DescentParser.ExpressionContext;
import org.descentlang.grammar.DescentParser.KeepClauseContext;
import org.descentlang.grammar.DescentParser.LossClauseContext;
import org.descentlang.grammar.DescentParser.MetricClauseContext;
import org.descentlang.grammar.DescentParser.ModelClauseContext;
import org.descentlang.grammar.DescentParser.NameContext;
import org.descentlang.grammar.DescentParser.NonfiniteClauseContext;
import org.descentlang.grammar.DescentParser.OptimizerClauseContext;
import org.descentlang.grammar.DescentParser.ScheduleClauseContext;
import org.descentlang.grammar.DescentParser.SeedClauseContext;
import org.descentlang.grammar.DescentParser.ShuffleClauseContext;
import org.descentlang.grammar.DescentParser.StepsClauseContext;
import org.descentlang.grammar.DescentParser.StopClauseContext;
import org.descentlang.grammar.DescentParser.TrainClauseContext;
import org.descentlang.grammar.DescentParserBaseVisitor;
import org.jspecify.annotations.Nullable;

/** ANTLR's trees of the clauses of `train` to ours. */
final class TrainClauseBuilder extends DescentParserBaseVisitor<TrainClause> {
    private final Literals literals;
    private final StatementBuilder statements;
    private final StopConditionBuilder conditions;

    TrainClauseBuilder(Problems problems, StatementBuilder statements) {
        this.literals = new Literals(problems);
        this.statements = statements;
        this.conditions = new StopConditionBuilder(literals, statements.expressions());
    }

    /** The clauses that have no mistake in them. */
    List<TrainClause> clauses(List<TrainClauseContext> trees) {
        return trees.stream()
                .filter(tree -> tree.exception == null)
                .map(tree -> tree.accept(this))
                .toList();
    }

    @Override
    public TrainClause visitModelClause(ModelClauseContext tree) {
        return new TrainClause.Model(call(tree.name(), tree.arguments()), keyword(tree), Places.of(tree));
    }

    @Override
    public TrainClause visitDataSourceClause(DataSourceClauseContext tree) {
        return new TrainClause.DataSource(Places.name(tree.name()), keyword(tree), Places.of(tree));
    }

    @Override
    public TrainClause visitLossClause(LossClauseContext tree) {
        return new TrainClause.Loss(value(tree.expression()), keyword(tree), Places.of(tree));
    }

    @Override
    public TrainClause visitMetricClause(MetricClauseContext tree) {
        return new TrainClause.Metric(value(tree.expression()), keyword(tree), Places.of(tree));
    }

    @Override
    public TrainClause visitOptimizerClause(OptimizerClauseContext tree) {
        return new TrainClause.Optimizer(
                call(tree.name(), tree.arguments()),
                statements.settings(tree.settings()),
                keyword(tree),
                Places.of(tree));
    }

    @Override
    public TrainClause visitScheduleClause(ScheduleClauseContext tree) {
        var target = tree.path().name().stream().map(Places::name).toList();
        return new TrainClause.Schedule(target, value(tree.expression()), keyword(tree), Places.of(tree));
    }

    @Override
    public TrainClause visitClipClause(ClipClauseContext tree) {
        return new TrainClause.Clip(call(tree.name(), tree.arguments()), keyword(tree), Places.of(tree));
    }

    @Override
    public TrainClause visitBatchClause(BatchClauseContext tree) {
        Optional<Expression> size = tree.FULL() == null ? Optional.of(count(tree.count(0))) : Optional.empty();
        Optional<Expression> accumulate = tree.ACCUMULATE() == null
                ? Optional.empty()
                : Optional.of(count(tree.count().getLast()));
        return new TrainClause.Batch(size, accumulate, keyword(tree), Places.of(tree));
    }

    @Override
    public TrainClause visitEpochsClause(EpochsClauseContext tree) {
        return new TrainClause.Epochs(count(tree.count()), keyword(tree), Places.of(tree));
    }

    @Override
    public TrainClause visitStepsClause(StepsClauseContext tree) {
        return new TrainClause.Steps(count(tree.count()), keyword(tree), Places.of(tree));
    }

    @Override
    public TrainClause visitShuffleClause(ShuffleClauseContext tree) {
        ShuffleOrder order = tree.EVERY() != null
                ? ShuffleOrder.EVERY_EPOCH
                : tree.ONCE() != null ? ShuffleOrder.ONCE : ShuffleOrder.NONE;
        return new TrainClause.Shuffle(order, keyword(tree), Places.of(tree));
    }

    @Override
    public TrainClause visitStopClause(StopClauseContext tree) {
        return new TrainClause.Stop(tree.stopCondition().accept(conditions), keyword(tree), Places.of(tree));
    }

    @Override
    public TrainClause visitKeepClause(KeepClauseContext tree) {
        return new TrainClause.Keep(
                Places.direction(tree.direction()), Places.path(tree.path()), keyword(tree), Places.of(tree));
    }

    @Override
    public TrainClause visitCheckpointClause(CheckpointClauseContext tree) {
        return new TrainClause.Checkpoint(
                literals.duration(tree.duration()),
                Optional.ofNullable(tree.count()).map(this::count),
                keyword(tree),
                Places.of(tree));
    }

    @Override
    public TrainClause visitAverageClause(AverageClauseContext tree) {
        return new TrainClause.Average(call(tree.name(), tree.arguments()), keyword(tree), Places.of(tree));
    }

    @Override
    public TrainClause visitSeedClause(SeedClauseContext tree) {
        return new TrainClause.Seed(count(tree.count()), keyword(tree), Places.of(tree));
    }

    @Override
    public TrainClause visitDeviceClause(DeviceClauseContext tree) {
        String device = tree.name() == null
                ? literals.text(tree.TEXT().getSymbol()).value()
                : tree.name().getText();
        List<DeviceSetting> settings = tree.deviceSettings() == null
                ? List.of()
                : tree.deviceSettings().deviceSetting().stream()
                        .filter(setting -> setting.exception == null)
                        .map(this::setting)
                        .toList();
        return new TrainClause.Device(device, settings, keyword(tree), Places.of(tree));
    }

    private DeviceSetting setting(DeviceSettingContext tree) {
        return tree.duration() == null
                ? new DeviceSetting.Products(Places.name(tree.name()), Places.of(tree))
                : new DeviceSetting.ReadLoss(literals.duration(tree.duration()), Places.of(tree));
    }

    @Override
    public TrainClause visitNonfiniteClause(NonfiniteClauseContext tree) {
        return new TrainClause.OnNonfinite(tree.SKIP_WORD() != null, keyword(tree), Places.of(tree));
    }

    private Expression.Call call(NameContext callee, @Nullable ArgumentsContext arguments) {
        return statements.expressions().arguments().call(callee, arguments);
    }

    private Expression value(ExpressionContext tree) {
        return statements.expressions().build(tree);
    }

    private Expression count(CountContext tree) {
        return literals.count(tree);
    }

    private static Span keyword(ParserRuleContext tree) {
        return Places.of(tree.getStart());
    }
}
