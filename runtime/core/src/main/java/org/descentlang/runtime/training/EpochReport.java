package org.descentlang.runtime.training;

import java.util.Optional;

/**
 * What happened in an epoch.
 *
 * @param epoch 1 for the first
 * @param steps of the run so far
 * @param meanTrainLoss a running mean over the examples of the epoch, while parameters changed; NaN if all steps were
 *     skipped
 * @param best whether `keep best` keeps this one so far
 * @param seconds of the epoch, evaluation included
 */
public record EpochReport(
        long epoch, long steps, double meanTrainLoss, Optional<Evaluation> validation, boolean best, double seconds) {}
