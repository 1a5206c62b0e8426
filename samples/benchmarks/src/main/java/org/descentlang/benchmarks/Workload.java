package org.descentlang.benchmarks;

import java.util.Locale;

/**
 * What is measured on both sides.
 *
 * @param block steps timed together, long enough that the clock does not matter
 */
enum Workload {
    W1_BATCH_64("W1, batch 64", 100),
    W1_BATCH_512("W1, batch 512", 20),
    W5("W5", 2000),
    W6_ADAM("W6 Adam", 3),
    W6_ADAMW_CLIP("W6 AdamW, clipped", 3);

    private final String title;
    private final int block;

    Workload(String title, int block) {
        this.title = title;
        this.block = block;
    }

    String title() {
        return title;
    }

    int block() {
        return block;
    }

    static Workload of(String argument) {
        return valueOf(argument.toUpperCase(Locale.ROOT));
    }
}
