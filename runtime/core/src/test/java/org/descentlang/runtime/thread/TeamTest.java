package org.descentlang.runtime.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeamTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void runsEachPartOnce(int threads) {
        try (Team team = Team.of(threads)) {
            assertThat(team.threads()).isEqualTo(threads);
            for (int round = 0; round < 500; round++) {
                int parts = round % 17;
                var runs = new AtomicIntegerArray(17);
                team.run(runs::incrementAndGet, parts);
                for (int part = 0; part < 17; part++) {
                    assertThat(runs.get(part)).isEqualTo(part < parts ? 1 : 0);
                }
            }
        }
    }

    @Test
    void seesWhatPartsWroteAlsoAfterWorkersSlept() throws InterruptedException {
        float[] squares = new float[64];
        try (Team team = Team.of(2)) {
            for (int round = 1; round <= 20; round++) {
                int factor = round;
                team.run(part -> squares[part] = (float) part * part * factor, squares.length);
                for (int i = 0; i < squares.length; i++) {
                    assertThat(squares[i]).isEqualTo((float) i * i * factor);
                }
                Thread.sleep(round % 2 == 0 ? 3 : 0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void handsAnExceptionToTheCallerAndGoesOn(int threads) {
        try (Team team = Team.of(threads)) {
            assertThatThrownBy(() -> team.run(TeamTest::failAtFive, 8)).isInstanceOf(ArithmeticException.class);
            var runs = new AtomicIntegerArray(8);
            team.run(runs::incrementAndGet, 8);
            assertThat(runs.toString()).isEqualTo("[1, 1, 1, 1, 1, 1, 1, 1]");
        }
    }

    @Test
    void refusesARegionWithinARegion() {
        try (Team team = Team.of(2)) {
            Team.Task nested = _ -> team.run(_ -> {}, 2);
            assertThatThrownBy(() -> team.run(nested, 2)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void refusesNoThreads() {
        assertThatThrownBy(() -> Team.of(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void allocatesNothing() {
        var bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        int[] runs = new int[4];
        Team.Task task = part -> runs[part]++;
        try (Team team = Team.of(2)) {
            team.run(task, 4);
            long before = bean.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                team.run(task, 4);
            }
            // Less than a byte a region: the JVM may allocate a little once, for a late link.
            assertThat(bean.getCurrentThreadAllocatedBytes() - before).isLessThan(1000);
        }
        assertThat(runs).containsOnly(1001);
    }

    private static void failAtFive(int part) {
        if (part == 5) {
            throw new ArithmeticException("five");
        }
    }
}
