package org.descentlang.runtime.tornado;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.descentlang.description.FieldDescription;
import org.descentlang.description.ProgramRole;
import org.descentlang.description.TrainingDescription;
import org.descentlang.description.TrainingDescription.HyperparameterDescription;
import org.descentlang.runtime.data.DataSet;
import org.descentlang.runtime.data.DataSet.FieldValues;
import org.descentlang.runtime.data.DataSet.Integers;
import org.descentlang.runtime.data.DataSet.Numbers;
import org.descentlang.runtime.thread.Team;
import org.descentlang.runtime.training.StepScalars;
import org.descentlang.runtime.training.TrainingProgram;
import org.descentlang.runtime.training.TrainingState;
import org.descentlang.runtime.training.TrainingStep;

/**
 * The kernels that TornadoVM makes of a training for a GPU that is not there: it prints what it would run.
 */
final class VirtualGpu {
    private VirtualGpu() {}

    /** Every kernel of every program, for full and other batches, as OpenCL C. */
    static List<PrintedKernel> kernels(Path file, String training) throws IOException, InterruptedException {
        var run = OtherJvm.run(
                Map.of(),
                List.of(
                        "-Dtornado.virtual.device=True",
                        "-Dtornado.device.desc=" + OtherJvm.HOME.resolve("examples/virtual-device-GPU.json"),
                        "-Dtornado.printKernel=true"),
                VirtualGpu.class.getName(),
                file.toString(),
                training);
        if (run.status() != 0) {
            throw new AssertionError(run.text());
        }
        return PrintedKernel.all(run.text());
    }

    public static void main(String[] arguments) {
        var compiled = CompiledTrainings.of(Path.of(arguments[0]), "gpu");
        TrainingProgram program = compiled.on(WithMemory.of(Long.MAX_VALUE, Devices.find("gpu")), arguments[1]);
        var description = program.description();
        int most = Math.max(2, description.batch());
        try (Team team = Team.of(1);
                TrainingStep step = program.open(most, team)) {
            var scalars = new StepScalars(description.hyperparameters().stream()
                    .mapToDouble(HyperparameterDescription::value)
                    .toArray());
            TrainingState state = TrainingState.allocate(description);
            step.keep(examples(description, most));
            step.take(new int[most], 0, most);
            step.load(state);
            for (int rows : new int[] {most, most - 1, 1}) {
                step.run(ProgramRole.GRADIENT, rows, scalars);
                step.sumGradients(1, rows == most);
                step.run(ProgramRole.EVALUATION, rows, scalars);
            }
            step.averageGradients(2);
            step.run(ProgramRole.GRADIENT_NORM, 1, scalars);
            step.run(ProgramRole.UPDATE, 1, scalars);
            step.run(ProgramRole.STEP, most, scalars);
            step.save(state);
        }
    }

    /** All zero. */
    private static DataSet examples(TrainingDescription description, int count) {
        List<FieldValues> fields = new ArrayList<>();
        for (FieldDescription field : description.fields()) {
            int values = count * field.width();
            fields.add(
                    field.whole()
                            ? new Integers(field.name(), field.width(), new int[values])
                            : new Numbers(field.name(), field.width(), new float[values]));
        }
        return new DataSet("examples", count, fields);
    }
}
