package org.descentlang.runtime.training;

/** The gradient, then the update: what rules of first order ask for. */
final class FirstOrder implements UpdateProcedure {
    @Override
    public boolean step(StepBatch batch) {
        if (batch.runsAtOnce()) {
            batch.atOnce();
            return batch.isFinite();
        }
        batch.gradient();
        if (!batch.isFinite()) {
            return false;
        }
        batch.update();
        return true;
    }
}
