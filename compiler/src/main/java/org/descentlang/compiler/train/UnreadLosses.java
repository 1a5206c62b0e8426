package org.descentlang.compiler.train;

import java.util.Optional;
import org.descentlang.compiler.ast.TrainClause;
import org.descentlang.compiler.ast.TrainClause.DeviceSetting;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.train.RunClauses.Course;
import org.descentlang.description.StopCondition;

/** Refuses `read loss every n steps` where something else in the training has to see the loss of every step. */
final class UnreadLosses {
    private final Clauses clauses;
    private final Problems problems;

    UnreadLosses(Clauses clauses, Problems problems) {
        this.clauses = clauses;
        this.problems = problems;
    }

    void check(Course course, Optional<StopCondition> stop) {
        if (course.device().lossEvery() == 1) {
            return;
        }
        if (course.skipNonfinite()) {
            clauses.optional(TrainClause.OnNonfinite.class)
                    .ifPresent(clause -> refuse(clause.span(), "this checks every step before its update"));
        }
        if (course.batch().accumulate() > 1) {
            clauses.optional(TrainClause.Batch.class)
                    .ifPresent(clause -> refuse(clause.span(), "this reads the loss of every micro-batch"));
        }
        if (stop.filter(UnreadLosses::looksAtSteps).isPresent()) {
            clauses.optional(TrainClause.Stop.class)
                    .ifPresent(clause -> refuse(clause.span(), "this checks every step"));
        }
    }

    private void refuse(Span other, String why) {
        clauses.optional(TrainClause.Device.class).stream()
                .flatMap(clause -> clause.settings().stream())
                .filter(DeviceSetting.ReadLoss.class::isInstance)
                .findFirst()
                .ifPresent(setting -> problems.report(
                        Problem.at(setting.span(), Code.CONFLICTING_CLAUSES, "the loss of every step is needed here")
                                .also(other, why)));
    }

    /** `loss < 0.1`, `gradient_norm < 1e-6`: of the step, not of a split. */
    private static boolean looksAtSteps(StopCondition stop) {
        return switch (stop) {
            case StopCondition.Stalls stalls -> stalls.metric().split().isEmpty();
            case StopCondition.Compare compare -> compare.metric().split().isEmpty();
            case StopCondition.After _ -> false;
            case StopCondition.And(var left, var right) -> looksAtSteps(left) || looksAtSteps(right);
            case StopCondition.Or(var left, var right) -> looksAtSteps(left) || looksAtSteps(right);
        };
    }
}
