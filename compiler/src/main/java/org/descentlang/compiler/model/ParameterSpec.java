package org.descentlang.compiler.model;

import java.util.Optional;
import org.descentlang.compiler.ast.Statement.Role;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.Shape;
import org.descentlang.description.Initializer;

/** A trained tensor: its path of bindings (`body.dense.w`), role, shape (all sizes known) and initial values. */
public record ParameterSpec(String path, Role role, Shape shape, Initializer initial, Optional<String> doc, Span span) {
    public ParameterSpec {
        if (!shape.isFixed()) {
            throw new IllegalArgumentException(path + " has an unknown size: " + shape);
        }
    }

    public long count() {
        return shape.count().fixed();
    }
}
