package org.descentlang.compiler.model;

import java.util.Optional;
import java.util.OptionalLong;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.TensorType;

/**
 * An input or output of a model.
 *
 * @param below what the values of an input of whole numbers have to be below, and not negative; empty if they are no
 *     index
 */
public record Port(String name, TensorType type, Optional<String> doc, Span span, OptionalLong below) {
    public Port(String name, TensorType type, Optional<String> doc, Span span) {
        this(name, type, doc, span, OptionalLong.empty());
    }

    public Port below(OptionalLong limit) {
        return new Port(name, type, doc, span, limit);
    }
}
