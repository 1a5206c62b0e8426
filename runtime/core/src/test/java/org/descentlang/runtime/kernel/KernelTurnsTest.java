package org.descentlang.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelTurnsTest {
    private static final long SLOW = 2_000_000;
    private static final long FAST = 20_000;

    private long now;
    private final KernelTurns turns = new KernelTurns(2, () -> now);

    @Test
    void plainLoopsRunFirst() {
        assertThat(run(0, FAST, SLOW)).isFalse();
    }

    @Test
    void vectorsWaitUntilPlainLoopsHaveCostWhatCompilingCosts() {
        int calls = 1;
        while (!run(0, FAST, SLOW)) {
            calls++;
        }
        // 50 ms of 20 microseconds each, and the call of vectors itself
        assertThat(calls).isBetween(2500, 2510);
        assertThat(run(1, FAST, SLOW)).isFalse();
    }

    @Test
    void slowVectorsGetAFourthOfTheTime() {
        int vectors = 0;
        for (int call = 0; call < 12_500; call++) {
            vectors += run(0, FAST, SLOW) ? 1 : 0;
        }
        // 250 ms of plain calls less 50 pay for 50 of vectors with 2 ms each.
        assertThat(vectors).isEqualTo(25);
        assertThat(turns.isDecided(0)).isFalse();
    }

    @Test
    void triesAreShortUntilTheyAreFast() {
        long plain = turns.begin(0);
        assertThat(turns.portion(0, plain, 1000)).isEqualTo(1000);
        while (!run(0, FAST, SLOW)) {
            assertThat(turns.isDecided(0)).isFalse();
        }
        assertThat(turns.portion(0, 1, 1000)).isEqualTo(16);
        for (int portion = 32; portion <= 2048; portion *= 2) {
            while (!run(0, FAST / 2, FAST - 1)) {
                assertThat(turns.isDecided(0)).isFalse();
            }
            assertThat(turns.portion(0, 1, 1000)).isEqualTo(Math.min(portion, 1000));
        }
    }

    @Test
    void fastVectorsTakeAllCallsOfTheirKernelOnly() {
        while (!run(0, SLOW, FAST)) {
            assertThat(turns.isDecided(0)).isFalse();
        }
        assertThat(turns.isDecided(0)).isTrue();
        assertThat(run(0, SLOW, FAST)).isTrue();
        assertThat(turns.portion(0, turns.begin(0), 1000)).isEqualTo(1000);
        assertThat(turns.isDecided(1)).isFalse();
    }

    @Test
    void vectorsThatStaySlowLose() {
        for (int call = 0; !turns.isDecided(0); call++) {
            assertThat(call).isLessThan(20_000);
            run(0, FAST * 50, SLOW);
        }
        assertThat(run(0, FAST, SLOW)).isFalse();
    }

    @Test
    void vectorsThatAreAskedForRunFromTheFirstCall() {
        assertThat(KernelTurns.isVectors(KernelTurns.ofVectors(1).begin(0))).isTrue();
    }

    /** @return whether it was the turn of vectors */
    private boolean run(int kernel, long plain, long vectors) {
        long turn = turns.begin(kernel);
        now += KernelTurns.isVectors(turn) ? vectors : plain;
        turns.end(kernel, turn, 1);
        return KernelTurns.isVectors(turn);
    }
}
