package org.descentlang.compiler.diagnostic;

/** How grave a problem is: an error stops compilation after the phase that found it, a warning does not. */
public enum Severity {
    ERROR,
    WARNING
}
