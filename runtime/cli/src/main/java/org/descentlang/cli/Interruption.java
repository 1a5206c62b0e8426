package org.descentlang.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.descentlang.runtime.training.Trainer;

/**
 * While open, Ctrl-C (SIGINT) and SIGTERM end training after the current step, and the process waits for what comes
 * after it: saving and reporting. The exit status is then that of the signal: 130 or 143.
 */
final class Interruption implements AutoCloseable {
    private static final int SECONDS_TO_FINISH = 30;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;

    Interruption(Trainer trainer) {
        hook = new Thread(() -> finish(trainer), "descent-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void finish(Trainer trainer) {
        trainer.requestStop();
        try {
            boolean inTime = finished.await(SECONDS_TO_FINISH, TimeUnit.SECONDS);
            if (!inTime) {
                System.err.println("descent: gave up waiting after " + SECONDS_TO_FINISH + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, which is what the hook is for.
        }
    }
}
