package org.descentlang.compiler.ast;

import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.source.Span;
import org.descentlang.description.TrainingDescription.ShuffleOrder;

/** One clause of `train`; {@code span} covers the keyword and its operands, {@code keyword} the keyword alone. */
public sealed interface TrainClause {
    Span keyword();

    Span span();

    /** `model Mlp(hidden = 256)`; without arguments the call has none. */
    record Model(Expression.Call model, Span keyword, Span span) implements TrainClause {}

    record DataSource(Name data, Span keyword, Span span) implements TrainClause {}

    record Loss(Expression value, Span keyword, Span span) implements TrainClause {}

    record Metric(Expression value, Span keyword, Span span) implements TrainClause {}

    /**
     * `optimizer adamw(lr = 3e-4) { for … freeze … }`; settings are {@link Statement.ForParameters} and
     * {@link Statement.Freeze}.
     */
    record Optimizer(Expression.Call rule, List<Statement> settings, Span keyword, Span span) implements TrainClause {}

    /** `schedule lr = warmup(100 steps) then cosine(to = 1e-5)`. */
    record Schedule(List<Name> target, Expression value, Span keyword, Span span) implements TrainClause {}

    record Clip(Expression.Call rule, Span keyword, Span span) implements TrainClause {}

    /** `batch 64`, `batch full` (no size), `batch 64 accumulate 4`. */
    record Batch(Optional<Expression> size, Optional<Expression> accumulate, Span keyword, Span span)
            implements TrainClause {}

    record Epochs(Expression count, Span keyword, Span span) implements TrainClause {}

    record Steps(Expression count, Span keyword, Span span) implements TrainClause {}

    /** `shuffle every epoch | once | none`. */
    record Shuffle(ShuffleOrder order, Span keyword, Span span) implements TrainClause {}

    record Stop(StopCondition condition, Span keyword, Span span) implements TrainClause {}

    /** `keep best validation.accuracy`, `keep best lowest validation.error`. */
    record Keep(Optional<Direction> direction, Expression.Path metric, Span keyword, Span span)
            implements TrainClause {}

    /** `checkpoint every 1 epochs keep last 3`. */
    record Checkpoint(Expression every, Optional<Expression> keepLast, Span keyword, Span span)
            implements TrainClause {}

    /** `average ema(0.999)`. */
    record Average(Expression.Call rule, Span keyword, Span span) implements TrainClause {}

    record Seed(Expression value, Span keyword, Span span) implements TrainClause {}

    /** `device auto`, `device "0:1"`, `device gpu { products in tf32 }`. */
    record Device(String device, List<DeviceSetting> settings, Span keyword, Span span) implements TrainClause {}

    /** What a device does otherwise than it would by itself. */
    sealed interface DeviceSetting {
        Span span();

        /** `products in tf32`. */
        record Products(Name precision, Span span) implements DeviceSetting {}

        /** `read loss every 10 steps`. */
        record ReadLoss(Expression every, Span span) implements DeviceSetting {}
    }

    /** `on nonfinite stop | skip`. */
    record OnNonfinite(boolean skip, Span keyword, Span span) implements TrainClause {}

    /** What follows `stop when`. */
    sealed interface StopCondition {
        Span span();

        /** `validation.loss stalls for 5 epochs`. */
        record Stalls(Optional<Direction> direction, Expression.Path metric, Expression duration, Span span)
                implements StopCondition {}

        /** `validation.accuracy >= 0.99`, `gradient_norm < 1e-6`; the left side is a path or a reference. */
        record Compare(Expression metric, Expression.BinaryOperator operator, Expression value, Span span)
                implements StopCondition {}

        /** `after 30 minutes`. */
        record After(Expression duration, Span span) implements StopCondition {}

        record And(StopCondition left, StopCondition right, Span span) implements StopCondition {}

        record Or(StopCondition left, StopCondition right, Span span) implements StopCondition {}
    }
}
