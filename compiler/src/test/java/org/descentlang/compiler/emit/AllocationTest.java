package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Set;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No step of any sample or benchmark allocates. In a process of its own: other tests run vectors of every length, after
 * which HotSpot no longer knows which length a method of the Vector API is called for, and puts vectors on the heap.
 */
@Tag("own-process")
final class AllocationTest {
    /** Until the vector kernels are compiled they allocate; on a busy machine the compiler thread may take its time. */
    private static final long WARM_UP_NANOS = 120_000_000_000L;

    private static final Set<String> INLINED_EVERYWHERE = Set.of(
            "jdk.incubator.vector.VectorOperators$ImplCache.find",
            "jdk.incubator.vector.FloatVector$FloatSpecies.dummyVector",
            "jdk.incubator.vector.FloatVector.fromArray0Template");

    @TempDir
    private static Path folder;

    private static Recording recording;

    @BeforeAll
    static void watchTraps() {
        recording = new Recording();
        recording.enable("jdk.Deoptimization").withoutStackTrace();
        recording.start();
    }

    /**
     * HotSpot adds up how often what is inlined in a kernel met a class that it had not seen, and compiles kernels with
     * objects for vectors if that is too often ({@code VectorOperations}). What only masks are made with may: it is
     * inlined a few times.
     */
    @AfterAll
    static void noKernelMetAnUnknownClass() throws IOException {
        recording.stop();
        Path file = folder.resolve("traps.jfr");
        recording.dump(file);
        recording.close();
        assertThat(RecordingFile.readAllEvents(file))
                .isNotEmpty()
                .filteredOn(event -> event.getString("reason").equals("class_check"))
                .extracting(AllocationTest::method)
                .filteredOn(INLINED_EVERYWHERE::contains)
                .isEmpty();
    }

    private static String method(RecordedEvent event) {
        RecordedMethod method = event.getValue("method");
        return method.getType().getName() + "." + method.getName();
    }

    @ParameterizedTest
    @CsvSource({
        "digits.opt, DigitsTraining, 64",
        "own_rules.opt, OwnRules, 32",
        "race.opt, RavineMomentum, 1",
        "race.opt, RosenbrockAdam, 1",
        "valley.opt, Valley, 1",
        "w1.opt, W1, 64",
        "w1.opt, W1Batch512, 32",
        "w2.opt, W2, 8",
        "w5.opt, W5, 32",
        "w6.opt, W6Adam, 1",
        "w6.opt, W6AdamWClip, 1"
    })
    void aStepAllocatesNothing(String file, String name, int rows) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (var run = GeneratedTraining.open(Specs.program(Specs.compile(file), name), rows, 1)) {
            run.fill(rows, 10);
            run.evaluate(rows);
            long deadline = System.nanoTime() + WARM_UP_NANOS;
            long allocated;
            do {
                long before = threads.getCurrentThreadAllocatedBytes();
                run.steps(rows, 100);
                // As often: vectors are on the heap until HotSpot has compiled what computes with them.
                for (int i = 0; i < 100; i++) {
                    run.evaluate(rows);
                }
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            } while (allocated > 0 && System.nanoTime() < deadline);
            assertThat(allocated).as("bytes of 200 steps of %s", name).isZero();
        }
    }
}
