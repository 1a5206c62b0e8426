package org.descentlang.compiler;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Runs work on a thread with a large stack, of which memory is only taken as far as it is used. The compiler recurses
 * over expressions, about ten frames for each level, and frames of code that HotSpot has not compiled yet are large:
 * the default stack is too small for the deepest expressions that the language allows.
 */
final class DeepStack {
    private static final long BYTES = 64L << 20;

    private DeepStack() {}

    static <T> T run(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, DeepStack::start).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    private static void start(Runnable task) {
        new Thread(null, task, "descent-compiler", BYTES).start();
    }
}
