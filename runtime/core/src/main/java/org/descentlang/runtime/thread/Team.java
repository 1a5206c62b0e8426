package org.descentlang.runtime.thread;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A few threads that split short pieces of work: the caller and {@code threads - 1} workers.
 *
 * <p>A region costs well under a microsecond, because workers spin for a while after the last one before they park. The
 * caller takes parts from the low end and workers from the high end, so that from step to step a core meets much the
 * same data, and nobody waits for a worker that sleeps: the caller does its share. Which thread runs a part is not
 * determined, so a part must not depend on it; what the parts are must not depend on {@link #threads} where results
 * have to be the same bits for any number of threads.
 */
public final class Team implements AutoCloseable {
    /** One piece of work, divided into numbered parts that may run at the same time. */
    @FunctionalInterface
    public interface Task {
        void run(int part);
    }

    private static final int MOST_PARTS = 0xffff;
    private static final int SPINS_BETWEEN_LOOKS_AT_THE_CLOCK = 256;
    private static final long SPIN_NANOSECONDS = 1_000_000;

    /** Of idling, after which another thread, such as HotSpot's compilers, may have the core. */
    private static final long YIELD_NANOSECONDS = 50_000;

    private static final VarHandle CLAIMS = field("claims", long.class);
    private static final VarHandle FINISHED = field("finished", int.class);

    private final Worker[] workers;
    private @Nullable Task task;
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;
    private boolean running;

    /**
     * The region's number (32 bits), then the first part not taken and the end of the parts not taken (16 bits each).
     */
    private volatile long claims;

    private volatile int finished;

    private Team(int threads) {
        workers = new Worker[threads - 1];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker("descent-" + (i + 1));
            workers[i].start();
        }
    }

    /** @param threads at least 1, the caller included */
    public static Team of(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("A team has at least 1 thread, not " + threads);
        }
        return new Team(threads);
    }

    public int threads() {
        return workers.length + 1;
    }

    /**
     * Runs parts {@code 0 .. parts - 1} and returns when all are done. Allocates nothing. One region at a time: neither
     * from two threads nor from within a part. The first exception of a part reaches the caller.
     */
    public void run(Task work, int parts) {
        if (workers.length == 0 || parts <= 1) {
            for (int part = 0; part < parts; part++) {
                work.run(part);
            }
            return;
        }
        if (parts > MOST_PARTS) {
            throw new IllegalArgumentException("At most " + MOST_PARTS + " parts, not " + parts);
        }
        if (running) {
            throw new IllegalStateException("A team runs one region at a time");
        }
        running = true;
        publish(work, parts);
        runLowParts(work);
        awaitAll(parts);
        running = false;
        rethrowFailure();
    }

    /** Ends the workers. */
    @Override
    public void close() {
        closed = true;
        for (Worker worker : workers) {
            LockSupport.unpark(worker);
        }
    }

    private void publish(Task work, int parts) {
        task = work;
        finished = 0;
        long region = (claims >>> 32) + 1;
        claims = region << 32 | parts;
        for (Worker worker : workers) {
            if (worker.asleep) {
                worker.asleep = false;
                LockSupport.unpark(worker);
            }
        }
    }

    private void runLowParts(Task work) {
        int count = 0;
        while (true) {
            long seen = claims;
            int low = low(seen);
            if (low >= high(seen)) {
                break;
            }
            if (CLAIMS.compareAndSet(this, seen, seen + (1L << 16))) {
                runPart(work, low);
                count++;
            }
        }
        FINISHED.getAndAdd(this, count);
    }

    /** @return whether there was one */
    private boolean runHighParts() {
        int count = 0;
        while (true) {
            long seen = claims;
            int high = high(seen);
            if (low(seen) >= high) {
                break;
            }
            // The number of the region is part of what is compared: `task` cannot change before this part is counted as
            // finished.
            if (CLAIMS.compareAndSet(this, seen, seen - 1)) {
                Task work = task;
                if (work != null) {
                    runPart(work, high - 1);
                }
                count++;
            }
        }
        if (count > 0) {
            FINISHED.getAndAdd(this, count);
        }
        return count > 0;
    }

    private void runPart(Task work, int part) {
        try {
            work.run(part);
        } catch (Throwable thrown) {
            if (failure == null) {
                failure = thrown;
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck")
    private void awaitAll(int parts) {
        int spins = 0;
        while (finished < parts) {
            // With fewer cores than threads the worker needs this one.
            if (++spins % 1024 == 0) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private void rethrowFailure() {
        Throwable thrown = failure;
        if (thrown == null) {
            return;
        }
        failure = null;
        switch (thrown) {
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            default -> throw new IllegalStateException(thrown);
        }
    }

    private static int low(long claims) {
        return (int) (claims >>> 16) & 0xffff;
    }

    private static int high(long claims) {
        return (int) claims & 0xffff;
    }

    private static VarHandle field(String name, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(Team.class, name, type);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final class Worker extends Thread {
        private volatile boolean asleep;

        Worker(String name) {
            super(name);
            setDaemon(true);
        }

        @Override
        @SuppressWarnings("ThreadPriorityCheck")
        public void run() {
            long idleSince = System.nanoTime();
            int spins = 0;
            while (!closed) {
                if (runHighParts()) {
                    idleSince = System.nanoTime();
                } else if (++spins % SPINS_BETWEEN_LOOKS_AT_THE_CLOCK != 0) {
                    Thread.onSpinWait();
                } else {
                    long idle = System.nanoTime() - idleSince;
                    if (idle > SPIN_NANOSECONDS) {
                        sleep();
                        idleSince = System.nanoTime();
                    } else if (idle > YIELD_NANOSECONDS) {
                        Thread.yield();
                    }
                }
            }
        }

        private void sleep() {
            asleep = true;
            // The caller publishes first and then looks at `asleep`, we the other way round: one of us sees the other.
            while (asleep && low(claims) >= high(claims) && !closed) {
                LockSupport.park(Team.this);
            }
            asleep = false;
        }
    }
}
