package org.descentlang.runtime.training;

import java.util.Optional;
import org.descentlang.description.TrainingDescription;

/** The condition of `stop when`, if there is one. */
final class StopRules implements RunPart {
    private static final String NAME = "stop";

    private final Optional<StopRule> rule;
    private final Measurements measurements;

    StopRules(TrainingDescription description, RunPlan plan, Measurements measurements) {
        rule = description.stop().map(condition -> StopRule.of(condition, plan));
        this.measurements = measurements;
    }

    /** Looks at the latest measurements. */
    boolean hold() {
        return rule.isPresent() && rule.get().holds(measurements);
    }

    /** Why they hold. */
    String reason() {
        return rule.map(StopRule::reason).orElse("");
    }

    @Override
    public void save(RunState state) {
        rule.ifPresent(condition -> condition.save(NAME, state));
    }

    @Override
    public void load(RunState state) {
        rule.ifPresent(condition -> condition.load(NAME, state));
    }
}
