package org.descentlang.compiler.emit;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.description.FieldDescription;
import org.descentlang.description.ProgramRole;
import org.descentlang.description.TrainingDescription;
import org.descentlang.description.TrainingDescription.HyperparameterDescription;
import org.descentlang.runtime.model.Initialization;
import org.descentlang.runtime.thread.Team;
import org.descentlang.runtime.training.StepScalars;
import org.descentlang.runtime.training.TrainingProgram;
import org.descentlang.runtime.training.TrainingState;
import org.descentlang.runtime.training.TrainingStep;

/** A step of generated Java with random examples in its inputs. */
final class GeneratedTraining implements AutoCloseable {
    private final Team team;
    private final TrainingStep step;
    private final TrainingState start;
    private final StepScalars scalars;
    private final boolean looksAhead;

    private GeneratedTraining(TrainingProgram program, int capacity, int threads) {
        team = Team.of(threads);
        step = program.open(capacity, team);
        looksAhead = step.roles().contains(ProgramRole.LOOK_AHEAD);
        TrainingDescription description = step.description();
        scalars = new StepScalars(description.hyperparameters().stream()
                .mapToDouble(HyperparameterDescription::value)
                .toArray());
        scalars.seed = 42;
        start = TrainingState.allocate(description);
        Initialization.fill(description.parameters(), 42, start.parameters());
        Initialization.fillRunning(description.running(), start.running());
        description
                .states()
                .forEach(state ->
                        Arrays.fill(start.states(), state.offset(), state.offset() + state.count(), state.initial()));
        step.load(start);
    }

    static TrainingProgram program(List<JavaFile> files, String training) {
        return program(MemoryCompiler.compile(files), training);
    }

    static TrainingProgram program(MemoryCompiler loader, String training) {
        try {
            for (String name : loader.classes().keySet()) {
                Class<?> type = loader.loadClass(name);
                if (TrainingProgram.class.isAssignableFrom(type)) {
                    var constructor = type.asSubclass(TrainingProgram.class).getDeclaredConstructor();
                    constructor.setAccessible(true);
                    TrainingProgram program = constructor.newInstance();
                    if (program.description().name().equals(training)) {
                        return program;
                    }
                }
            }
        } catch (ReflectiveOperationException exception) {
            throw new LinkageError(exception.getMessage(), exception);
        }
        throw new AssertionError("no program for " + training);
    }

    static GeneratedTraining open(TrainingProgram program, int capacity, int threads) {
        return new GeneratedTraining(program, capacity, threads);
    }

    TrainingStep step() {
        return step;
    }

    StepScalars scalars() {
        return scalars;
    }

    ReferenceSteps reference(TrainingSpec training) {
        return new ReferenceSteps(training, step, start);
    }

    /** @return the loss */
    double gradient(int rows) {
        if (looksAhead) {
            step.run(ProgramRole.LOOK_AHEAD, 1, scalars);
        }
        return step.run(ProgramRole.GRADIENT, rows, scalars)[0];
    }

    double gradientNorm() {
        return step.run(ProgramRole.GRADIENT_NORM, 1, scalars)[0];
    }

    void update() {
        step.run(ProgramRole.UPDATE, 1, scalars);
    }

    /** @return the loss, then the statistics of metrics */
    double[] evaluate(int rows) {
        return step.run(ProgramRole.EVALUATION, rows, scalars);
    }

    void steps(int rows, int count) {
        for (int i = 0; i < count; i++) {
            scalars.draw = i;
            scalars.update = i + 1L;
            gradient(rows);
            update();
        }
    }

    /** Other examples for every draw; labels below {@code classes}. */
    void fill(int rows, int classes) {
        var random = new SplittableRandom(scalars.draw);
        for (FieldDescription field : step.description().fields()) {
            for (int i = 0; i < rows * field.width(); i++) {
                if (field.whole()) {
                    step.intInputs()[field.offset(step.capacity()) + i] = random.nextInt(classes);
                } else {
                    step.floatInputs()[field.offset(step.capacity()) + i] = (float) random.nextDouble();
                }
            }
        }
    }

    TrainingState state() {
        TrainingState state = TrainingState.allocate(step.description());
        step.save(state);
        return state;
    }

    @Override
    public void close() {
        step.close();
        team.close();
    }
}
