package org.descentlang.runtime.model;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A model's parameters, and working memories, each of which is lent to one call at a time. Any number of threads may
 * predict at once: as many run as there are memories, the others wait.
 */
public final class PredictionPool {
    /** Makes memory for one call; the parameters are shared by all. */
    @FunctionalInterface
    public interface Factory {
        Prediction make(float[] parameters, float[] running);
    }

    private final float[] parameters;
    private final float[] running;
    private final Factory factory;
    private final Semaphore places;
    private final AtomicReferenceArray<@Nullable Prediction> idle;

    private PredictionPool(float[] parameters, float[] running, int places, Factory factory) {
        this.parameters = parameters;
        this.running = running;
        this.factory = factory;
        this.places = new Semaphore(places);
        this.idle = new AtomicReferenceArray<>(places);
    }

    /** Of parameters that are all 0 so far, with a place for each core. */
    public static PredictionPool of(int parameterCount, int runningCount, Factory factory) {
        int cores = Runtime.getRuntime().availableProcessors();
        return new PredictionPool(new float[parameterCount], new float[runningCount], cores, factory);
    }

    /** The same parameters with other memory, in which one call predicts at a time. */
    public PredictionPool one(Factory other) {
        return new PredictionPool(parameters, running, 1, other);
    }

    /** In the model's own layout. */
    public float[] parameters() {
        return parameters;
    }

    /** In the model's own layout. */
    public float[] running() {
        return running;
    }

    /** Memory for one call; {@link #giveBack} must follow. */
    public Prediction take() {
        places.acquireUninterruptibly();
        try {
            return idleOrNew();
        } catch (RuntimeException | Error failure) {
            places.release();
            throw failure;
        }
    }

    private Prediction idleOrNew() {
        for (int i = 0; i < idle.length(); i++) {
            Prediction found = idle.get(i) == null ? null : idle.getAndSet(i, null);
            if (found != null) {
                return found;
            }
        }
        return factory.make(parameters, running);
    }

    public void giveBack(Prediction prediction) {
        int place = 0;
        // There are no more than fit.
        while (!idle.compareAndSet(place, null, prediction)) {
            place = (place + 1) % idle.length();
        }
        places.release();
    }
}
