package org.descentlang.compiler.model;

import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.Shape;

/** State of a layer that is kept between steps and not trained. */
public record RunningSpec(String path, Shape shape, double initial, Span span) {
    public long count() {
        return shape.count().fixed();
    }
}
