package org.descentlang.compiler.model;

import org.descentlang.compiler.ast.Direction;
import org.descentlang.compiler.ast.Expression.BinaryOperator;

/** When a run ends before its last step. */
public sealed interface StopSpec {
    /** `validation.loss stalls for 5 epochs`. */
    record Stalls(Goal goal, Duration duration) implements StopSpec {}

    /** `validation.accuracy >= 0.99`. */
    record Compare(MetricReference metric, BinaryOperator operator, double value) implements StopSpec {}

    /** `after 30 minutes`, or after steps, epochs, samples. */
    record After(Duration duration) implements StopSpec {}

    record And(StopSpec left, StopSpec right) implements StopSpec {}

    record Or(StopSpec left, StopSpec right) implements StopSpec {}

    /** What is to become better: `lowest validation.loss`. */
    record Goal(MetricReference metric, Direction direction) {
        @Override
        public String toString() {
            return direction.keyword() + " " + metric;
        }
    }

    /** `validation.accuracy`; {@code split} is empty for `gradient_norm` and `loss` of the training step. */
    record MetricReference(String split, String metric) {
        @Override
        public String toString() {
            return split.isEmpty() ? metric : split + "." + metric;
        }
    }
}
