package org.descentlang.compiler;

/** How long a phase took, over all files. */
public record PhaseTiming(String phase, long nanoseconds) {}
