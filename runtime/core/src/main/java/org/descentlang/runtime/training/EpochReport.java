package org.descentlang.runtime.training;

import java.util.Optional;

/**
 * What happened in an epoch.
 *
 * @param epoch 1 for the first
 * @param steps of the run so far
 * @param trainLoss mean over the examples of the epoch, while it trained; NaN if all steps were skipped
 * @param best whether `keep best` keeps this one so far
 * @param seconds of the epoch, evaluation included
 */
public record EpochReport(
        long epoch, long steps, double trainLoss, Optional<Evaluation> validation, boolean best, double seconds) {}
