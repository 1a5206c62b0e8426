package org.descentlang.compiler.diagnostic;

import org.descentlang.compiler.source.Span;

/** A place in the source and what to say under it; the text may be empty. */
public record Label(Span span, String text) {}
