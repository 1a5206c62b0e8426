package org.descentlang.compiler.ast;

import org.descentlang.compiler.source.Span;

/** An identifier where it stands. ASCII spellings of Greek names are already turned into the Greek ones. */
public record Name(String text, Span span) {
    @Override
    public String toString() {
        return text;
    }
}
