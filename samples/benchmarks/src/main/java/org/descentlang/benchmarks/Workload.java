package org.descentlang.benchmarks;

import bench.w1.W1;
import bench.w1.W1Batch512;
import bench.w6.W6Adam;
import bench.w6.W6AdamWClip;
import java.util.Locale;
import java.util.function.Supplier;
import org.descentlang.runtime.training.TrainingProgram;

/** A training that is measured in Descent and in libtorch. */
enum Workload {
    W1_BATCH_64("W1, batch 64", W1::program, 100),
    W1_BATCH_512("W1, batch 512", W1Batch512::program, 20),
    W2("W2", bench.w2.W2::program, 10),
    W5("W5", bench.w5.W5::program, 2000),
    W6_ADAM("W6 Adam", W6Adam::program, 3),
    W6_ADAMW_CLIP("W6 AdamW, clipped", W6AdamWClip::program, 3);

    private final String title;
    private final Supplier<TrainingProgram> program;
    private final int block;

    Workload(String title, Supplier<TrainingProgram> program, int block) {
        this.title = title;
        this.program = program;
        this.block = block;
    }

    /** @param argument the name of a constant, in any case */
    static Workload of(String argument) {
        return valueOf(argument.toUpperCase(Locale.ROOT));
    }

    String title() {
        return title;
    }

    TrainingProgram program() {
        return program.get();
    }

    /** Steps timed together: enough for the clock not to matter. */
    int block() {
        return block;
    }
}
