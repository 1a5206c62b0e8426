package org.descentlang.runtime.device;

/** How long one run of a task takes on a device, in milliseconds. */
public record TaskTime(String task, double milliseconds) {}
