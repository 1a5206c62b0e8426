package org.descentlang.description;

/** What `stop when` says. */
public sealed interface StopCondition {
    record Stalls(MetricReference metric, Duration duration) implements StopCondition {}

    record Compare(MetricReference metric, Relation relation, double value) implements StopCondition {}

    record After(Duration duration) implements StopCondition {}

    record And(StopCondition left, StopCondition right) implements StopCondition {}

    record Or(StopCondition left, StopCondition right) implements StopCondition {}

    enum Relation {
        EQUAL("=="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String symbol;

        Relation(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }
}
