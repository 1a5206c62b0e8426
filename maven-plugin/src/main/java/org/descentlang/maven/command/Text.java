package org.descentlang.maven.command;

/** A line for people. */
public record Text(String line) implements Event {}
