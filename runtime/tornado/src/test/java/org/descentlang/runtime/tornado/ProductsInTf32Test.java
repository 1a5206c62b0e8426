package org.descentlang.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.descentlang.description.ProgramRole;
import org.descentlang.runtime.thread.Team;
import org.descentlang.runtime.training.StepScalars;
import org.descentlang.runtime.training.Trainer;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.cublas.CuBlasOptions;
import uk.ac.manchester.tornado.cublas.enums.CuBlasMathMode;

/** Products are in TF32 where the file says so, and nowhere else. */
final class ProductsInTf32Test {
    private final CompiledTrainings compiled = CompiledTrainings.of(Path.of("src/test/resources/tf32.opt"), "gpu");

    @Test
    void theWordOfTheFileReachesTheDevice() {
        assertThat(opened("Rough")).containsExactly(Precision.TF32);
        assertThat(opened("Exact")).containsExactly(Precision.F32);
    }

    @Test
    void cublasIsToldForSinglesAndBatches() {
        for (int count : new int[] {1, 4}) {
            assertThat(new Sgemm(Precision.TF32).call(product(count)).getTuning())
                    .isInstanceOfSatisfying(
                            CuBlasOptions.class,
                            options -> assertThat(options.getMathMode())
                                    .isEqualTo(CuBlasMathMode.CUBLAS_TF32_TENSOR_OP_MATH));
            assertThat(new Sgemm(Precision.F32).call(product(count)).getTuning())
                    .isNull();
        }
    }

    @Test
    void aDeviceWithoutItWarns() {
        boolean has = Devices.all().getFirst().multipliesIn(Precision.TF32);
        var result = new Trainer(compiled.on(Devices.find("0:0"), "Rough")).train();
        assertThat(result.warnings().stream().anyMatch(warning -> warning.startsWith("products are in f32: ")))
                .isEqualTo(!has);
        assertThat(new Trainer(compiled.on(Devices.find("0:0"), "Exact"))
                        .train()
                        .warnings())
                .isEmpty();
    }

    private List<Precision> opened(String training) {
        var found = new ArrayList<Precision>();
        Device device = new Device() {
            @Override
            public Execution open(List<Object> shared, List<StepProgram> programs, Precision products, boolean timed) {
                found.add(products);
                return new SequentialJava().open(shared, programs, products, timed);
            }

            @Override
            public Optional<DeviceMemory> memory() {
                return Optional.empty();
            }

            @Override
            public boolean multipliesIn(Precision precision) {
                return true;
            }
        };
        try (Team team = Team.of(1);
                var step = compiled.on(device, training).open(16, team)) {
            step.run(ProgramRole.GRADIENT, 16, new StepScalars(new double[] {0.1}));
        }
        return found;
    }

    private static MatrixProduct product(int count) {
        var array = new FloatArray(100);
        return new MatrixProduct(
                "one",
                count,
                2,
                3,
                4,
                new Matrix(array, 0, 8, false),
                new Matrix(array, 0, 12, false),
                new Matrix(array, 0, 6, false),
                new FewerRows.Unread());
    }
}
