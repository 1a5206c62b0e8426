package org.descentlang.runtime.training;

/**
 * A part of a run: hears what happens and owns its share of the run's state. All parts hear the same, in one order,
 * before any {@link TrainingListener} does; so what a listener sees, and the state that it may take, is that of all
 * parts.
 */
interface RunPart {
    /** After every step that was tried, also one that was skipped. */
    default void stepped(Stepper stepper) {}

    /** After the evaluations at the end of an epoch. */
    default void evaluated() {}

    /** Writes its share. */
    void save(RunState state);

    /** Goes on from its share. */
    void load(RunState state);
}
