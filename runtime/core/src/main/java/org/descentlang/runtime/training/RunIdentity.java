package org.descentlang.runtime.training;

import java.util.List;
import org.descentlang.description.TrainingDescription;
import org.descentlang.description.TrainingDescription.HyperparameterDescription;
import org.descentlang.runtime.UserException;

/** Which run a state is of: only the same training over as many examples goes on from it. */
record RunIdentity(TrainingDescription description, RunPlan plan, long seed, double[] hyperparameters) {
    private static final String NAME = "run.name";
    private static final String LAYOUT = "run.layout";
    private static final String PLAN = "run.plan";
    private static final String SEED = "run.seed";
    private static final String HYPERPARAMETERS = "run.hyperparameters";

    void save(RunState state) {
        state.put(NAME, description.name());
        state.put(LAYOUT, layout(description));
        state.put(PLAN, planNumbers());
        state.put(SEED, seed);
        state.put(HYPERPARAMETERS, hyperparameters);
    }

    static long seed(RunState state) {
        return state.longs(SEED, 1)[0];
    }

    /** Those that the run began with, in the order of the description. */
    static double[] hyperparameters(TrainingDescription description, RunState state) {
        return state.doubles(HYPERPARAMETERS, description.hyperparameters().size());
    }

    /** @throws UserException if the state is of a training with other parameters or metrics */
    static void check(TrainingDescription description, RunState state) {
        String name = state.text(NAME);
        if (!name.equals(description.name())) {
            throw new UserException("The state belongs to a run of %s, not of %s".formatted(name, description.name()));
        }
        List<String> expected = layout(description).lines().toList();
        List<String> found = state.text(LAYOUT).lines().toList();
        for (String line : expected) {
            if (!found.contains(line)) {
                throw new UserException("The state belongs to a different %s, which had no %s".formatted(name, line));
            }
        }
        if (found.size() > expected.size()) {
            throw new UserException(
                    "The state belongs to a different %s, which had more than this one".formatted(name));
        }
    }

    /** @throws UserException if the examples are not as many, or divided differently */
    void checkPlan(RunState state) {
        long[] found = state.longs(PLAN, 4);
        String[] names = {"examples", "examples per batch", "micro-batches per step", "steps per epoch"};
        long[] expected = planNumbers();
        for (int i = 0; i < expected.length; i++) {
            if (found[i] != expected[i]) {
                throw new UserException("The state belongs to a run of %s with %d %s, but this run has %d"
                        .formatted(description.name(), found[i], names[i], expected[i]));
            }
        }
    }

    private long[] planNumbers() {
        return new long[] {plan.examples(), plan.rows(), plan.accumulate(), plan.stepsPerEpoch()};
    }

    /** A line for everything that numbers in a state stand for, in their order. */
    private static String layout(TrainingDescription description) {
        var text = new StringBuilder();
        description
                .parameters()
                .forEach(parameter -> line(
                        text, "parameter " + parameter.path() + " " + parameter.shape() + " at " + parameter.offset()));
        description
                .states()
                .forEach(state -> line(
                        text, "optimizer state " + state.path() + " [" + state.count() + "] at " + state.offset()));
        description
                .running()
                .forEach(state ->
                        line(text, "running state " + state.path() + " " + state.shape() + " at " + state.offset()));
        List<HyperparameterDescription> hyperparameters = description.hyperparameters();
        for (int i = 0; i < hyperparameters.size(); i++) {
            line(text, "hyperparameter " + hyperparameters.get(i).path() + " at " + i);
        }
        for (int i = 0; i < description.metrics().size(); i++) {
            var metric = description.metrics().get(i);
            line(text, "metric " + metric.name() + " " + metric.shape() + " at " + i);
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
