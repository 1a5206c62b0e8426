package org.descentlang.runtime.training;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.descentlang.description.Duration;
import org.descentlang.description.Initializer;
import org.descentlang.description.ModelLayout;
import org.descentlang.description.ParameterDescription;
import org.descentlang.description.ProgramRole;
import org.descentlang.description.TrainingDescription;
import org.descentlang.description.TrainingDescription.ShuffleOrder;
import org.descentlang.runtime.thread.Team;

/** (1 - x)² + 100 (y - x²)², by hand: what is generated for it, in double precision. */
final class RosenbrockProgram implements TrainingProgram {
    /** Whether the step has a program for the loss alone. */
    boolean hasLoss = true;

    int steps = 40;

    @Override
    public TrainingDescription description() {
        return new TrainingDescription(
                "Rosenbrock",
                "rosenbrock.opt",
                new ModelLayout(
                        "Rosenbrock",
                        List.of(new ParameterDescription(
                                "p", "weight", List.of(2), 0, new Initializer.Values(List.of(-1.2, 1.0)))),
                        List.of()),
                2,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                1,
                1,
                new Duration(steps, Duration.Unit.STEPS),
                ShuffleOrder.NONE,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                0,
                false);
    }

    @Override
    public MetricFormula formula() {
        return (_, _, _) -> {};
    }

    @Override
    public TrainingStep open(int capacity, Team team) {
        return new Step(description(), hasLoss);
    }

    private static final class Step extends HostStep {
        private final float[] parameters = new float[2];
        private final float[] gradients = new float[2];
        private final float[] none = {};
        private final boolean hasLoss;

        Step(TrainingDescription description, boolean hasLoss) {
            super(description, 1);
            this.hasLoss = hasLoss;
        }

        @Override
        protected void run(ProgramRole role) {
            switch (role) {
                case GRADIENT -> gradient();
                case EVALUATION, LOSS -> results[0] = loss();
                default -> throw missing(role);
            }
        }

        private double loss() {
            double x = parameters[0];
            double y = parameters[1];
            double off = y - x * x;
            return (1 - x) * (1 - x) + 100 * (off * off);
        }

        private void gradient() {
            double x = parameters[0];
            double y = parameters[1];
            gradients[0] = (float) (-2 * (1 - x) - 400 * x * (y - x * x));
            gradients[1] = (float) (200 * (y - x * x));
            results[0] = loss();
        }

        @Override
        public Set<ProgramRole> roles() {
            var roles = EnumSet.of(ProgramRole.GRADIENT, ProgramRole.EVALUATION);
            if (hasLoss) {
                roles.add(ProgramRole.LOSS);
            }
            return roles;
        }

        @Override
        protected float[] array(StepArray array) {
            return switch (array) {
                case PARAMETERS -> parameters;
                case GRADIENTS -> gradients;
                case STATES, RUNNING -> none;
            };
        }

        @Override
        public float[] floatInputs() {
            return none;
        }

        @Override
        public int[] intInputs() {
            return new int[0];
        }

        @Override
        public double scheduled(int schedule, int segment, double base, double t, double[] durations) {
            throw new IllegalArgumentException("no schedule " + schedule);
        }
    }
}
