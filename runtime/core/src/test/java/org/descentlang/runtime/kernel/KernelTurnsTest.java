package org.descentlang.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelTurnsTest {
    private static final long SLOW = 2_000_000;
    private static final long FAST = 20_000;
    private long now = 1;
    private final KernelTurns turns = new KernelTurns(2, () -> now);

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
    void slowVectorsGetAFourthOfTheTimeInAShortRun() {
        // 250 ms of plain calls less 50 pay for 50 of vectors with 2 ms each.
        assertThat(vectorTurns(0, 12_525, FAST, SLOW)).isEqualTo(25);
        assertThat(turns.isDecided(0)).isFalse();
    }

    @Test
    void inALongerRunVectorsOfKernelsThatMatterGetAThirdOfTheTimeOfAll() {
        vectorTurns(0, (int) (KernelTurns.SHORT_RUN / FAST), FAST, SLOW);
        int vectors = 0;
        for (int call = 0; call < 1000; call++) {
            run(0, 49 * FAST, SLOW);
            vectors += run(1, FAST, FAST * 2) ? 1 : 0;
        }
        // A fiftieth of the time is 20 ms, less than the 50 of its own, and a hundredth of all after 500 calls.
        assertThat(vectors).isBetween(100, 400);
    }

    @Test
    void kernelsThatTakeNextToNoTimeWait() {
        vectorTurns(0, (int) (2 * KernelTurns.SHORT_RUN / FAST), FAST, SLOW);
        // Less than a hundredth of a second.
        assertThat(vectorTurns(1, 400, FAST, SLOW)).isZero();
    }

    @Test
    void turnsGrowUntilTheyTakeTwentyMicroseconds() {
        long turn = turns.begin(0);
        assertThat(turns.portion(0, turn, 1000)).isEqualTo(16);
        for (int portion = 32; portion <= 2048; portion *= 2) {
            run(0, FAST / 2, FAST / 2);
            turn = turns.begin(0);
            assertThat(turns.portion(0, turn, 1000)).isEqualTo(Math.min(portion, 1000));
        }
        run(0, 3 * FAST, 3 * FAST);
        assertThat(turns.portion(0, turns.begin(0), 10_000)).isEqualTo(1024);
    }

    @Test
    void ofShortCallsOneInSixteenIsTimed() {
        run(0, 100, 100);
        for (int call = 0; call < 15; call++) {
            long turn = turns.begin(0);
            assertThat(turn).isZero();
            assertThat(turns.portion(0, turn, 1000)).isEqualTo(1000);
        }
        assertThat(turns.begin(0)).isNotZero();
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

    /** A single plain turn over a warm cache long ago is no measure of what is in memory. */
    @Test
    void theLatestTurnsCount() {
        run(0, FAST / 2, SLOW);
        while (!run(0, FAST, FAST)) {
            assertThat(turns.isDecided(0)).isFalse();
        }
        assertThat(turns.isDecided(0)).isTrue();
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

    private int vectorTurns(int kernel, int calls, long plain, long vectors) {
        int count = 0;
        for (int call = 0; call < calls; call++) {
            count += run(kernel, plain, vectors) ? 1 : 0;
        }
        return count;
    }

    /** @return whether it was the turn of vectors */
    private boolean run(int kernel, long plain, long vectors) {
        long turn = turns.begin(kernel);
        now += KernelTurns.isVectors(turn) ? vectors : plain;
        turns.end(kernel, turn, 1);
        return KernelTurns.isVectors(turn);
    }
}
