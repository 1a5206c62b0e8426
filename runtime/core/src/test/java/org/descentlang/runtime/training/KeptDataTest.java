package org.descentlang.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.descentlang.runtime.data.DataFolders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step that keeps the data is told which examples a batch has: the same ones that others are handed. */
class KeptDataTest {
    @TempDir
    Path folder;

    private final LinearProgram program = new LinearProgram();

    @BeforeEach
    void writeData() throws IOException {
        LineData.write(folder);
        program.validation = 0.25;
        program.train = 0.75;
    }

    @Test
    void batchesAreTheSame() {
        TrainingResult handed = trainer().train();
        List<Float> first = List.copyOf(program.firstInputs);
        program.firstInputs.clear();
        program.keepsData = true;
        TrainingResult taken = trainer().train();
        assertThat(program.firstInputs).isEqualTo(first).isNotEmpty();
        assertThat(taken.state().parameters()).containsExactly(handed.state().parameters());
        assertThat(taken.validation().orElseThrow().loss())
                .isEqualTo(handed.validation().orElseThrow().loss());
    }

    /** For this question the examples are copied all the same: what answers it may be elsewhere. */
    @Test
    void whereAValueFailsTheExamplesAreInTheInputs() {
        program.badUpdate = 2;
        assertThat(failed()).isNotEmpty();
        List<Float> handed = program.inputsAsked;
        program.keepsData = true;
        failed();
        assertThat(program.inputsAsked).isEqualTo(handed).hasSize(4);
    }

    private String failed() {
        return catchThrowableOfType(
                        TrainingFailedException.class, () -> trainer().train())
                .result()
                .reason()
                .text();
    }

    private Trainer trainer() {
        return new Trainer(program).folders(DataFolders.of(folder));
    }
}
