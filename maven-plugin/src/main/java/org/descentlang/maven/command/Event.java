package org.descentlang.maven.command;

/** One line of what the command writes to its standard output. */
public sealed interface Event permits Problem, Progress, Text {}
