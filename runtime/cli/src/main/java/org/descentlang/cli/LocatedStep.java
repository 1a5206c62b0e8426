package org.descentlang.cli;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.descentlang.description.FieldDescription;
import org.descentlang.description.ParameterDescription;
import org.descentlang.description.ProgramRole;
import org.descentlang.description.RunningDescription;
import org.descentlang.description.TrainingDescription;
import org.descentlang.description.TrainingDescription.StateDescription;
import org.descentlang.runtime.data.DataSet;
import org.descentlang.runtime.training.StepArray;
import org.descentlang.runtime.training.StepScalars;
import org.descentlang.runtime.training.TrainingState;
import org.descentlang.runtime.training.TrainingStep;

/** A generated step, but for the question where a value that is not finite came from: see {@link LocatedProgram}. */
final class LocatedStep implements TrainingStep {
    private final TrainingStep generated;
    private final Supplier<TrainingStep> reference;

    LocatedStep(TrainingStep generated, Supplier<TrainingStep> reference) {
        this.generated = generated;
        this.reference = reference;
    }

    /** Where floats fail and doubles do not, what the generated step knows has to do. */
    @Override
    public String firstNonfinite(int rows, StepScalars scalars) {
        try (var exact = reference.get()) {
            exact.load(state(exact.description()));
            copyInputs(exact, rows);
            exact.run(ProgramRole.GRADIENT, rows, scalars);
            String operation = exact.firstNonfinite(rows, scalars);
            return operation.isEmpty() ? generated.firstNonfinite(rows, scalars) : operation;
        }
    }

    /** The generated step's state in the reference's layout. */
    private TrainingState state(TrainingDescription layout) {
        var from = TrainingState.allocate(description());
        generated.save(from);
        var to = TrainingState.allocate(layout);
        copy(parameters(description()), from.parameters(), parameters(layout), to.parameters());
        copy(states(description()), from.states(), states(layout), to.states());
        copy(running(description()), from.running(), running(layout), to.running());
        return to;
    }

    private void copyInputs(TrainingStep to, int rows) {
        copy(fields(this, false, rows), floatInputs(), fields(to, false, rows), to.floatInputs());
        copy(fields(this, true, rows), intInputs(), fields(to, true, rows), to.intInputs());
    }

    /** Where something lies in a slab. */
    private record Place(int offset, int count) {}

    private static Map<String, Place> parameters(TrainingDescription description) {
        return description.parameters().stream()
                .collect(toMap(ParameterDescription::path, part -> new Place(part.offset(), part.count())));
    }

    private static Map<String, Place> states(TrainingDescription description) {
        return description.states().stream()
                .collect(toMap(StateDescription::path, part -> new Place(part.offset(), part.count())));
    }

    private static Map<String, Place> running(TrainingDescription description) {
        return description.running().stream()
                .collect(toMap(RunningDescription::path, part -> new Place(part.offset(), part.count())));
    }

    private static Map<String, Place> fields(TrainingStep step, boolean whole, int rows) {
        return step.description().fields().stream()
                .filter(field -> field.whole() == whole)
                .collect(toMap(
                        FieldDescription::name,
                        field -> new Place(field.offset(step.capacity()), rows * field.width())));
    }

    /** @param from a float[] or an int[], as {@code to} is */
    private static void copy(Map<String, Place> places, Object from, Map<String, Place> targets, Object to) {
        targets.forEach((name, target) -> {
            var place = places.get(name);
            if (place != null) { // generated code leaves out what nothing reads
                System.arraycopy(from, place.offset(), to, target.offset(), target.count());
            }
        });
    }

    @Override
    public TrainingDescription description() {
        return generated.description();
    }

    @Override
    public int capacity() {
        return generated.capacity();
    }

    @Override
    public float[] floatInputs() {
        return generated.floatInputs();
    }

    @Override
    public int[] intInputs() {
        return generated.intInputs();
    }

    @Override
    public void load(TrainingState state) {
        generated.load(state);
    }

    @Override
    public void save(TrainingState state) {
        generated.save(state);
    }

    @Override
    public List<String> warnings() {
        return generated.warnings();
    }

    @Override
    public Set<ProgramRole> roles() {
        return generated.roles();
    }

    @Override
    public double[] run(ProgramRole role, int rows, StepScalars scalars) {
        return generated.run(role, rows, scalars);
    }

    @Override
    public void read(StepArray array, float[] target) {
        generated.read(array, target);
    }

    @Override
    public void write(StepArray array, float[] source) {
        generated.write(array, source);
    }

    @Override
    public boolean keep(DataSet data) {
        return generated.keep(data);
    }

    @Override
    public void take(int[] order, int from, int rows) {
        generated.take(order, from, rows);
    }

    @Override
    public int queueLength() {
        return generated.queueLength();
    }

    @Override
    public void queue(int rows, StepScalars scalars) {
        generated.queue(rows, scalars);
    }

    @Override
    public void losses(double[] losses) {
        generated.losses(losses);
    }

    @Override
    public void sumGradients(double weight, boolean first) {
        generated.sumGradients(weight, first);
    }

    @Override
    public void averageGradients(double scale) {
        generated.averageGradients(scale);
    }

    @Override
    public double scheduled(int schedule, int segment, double base, double t, double[] durations) {
        return generated.scheduled(schedule, segment, base, t, durations);
    }

    @Override
    public void close() {
        generated.close();
    }
}
