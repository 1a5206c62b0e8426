package org.descentlang.compiler.model;

import java.util.Optional;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.TensorType;

/** An input or output of a model. */
public record Port(String name, TensorType type, Optional<String> doc, Span span) {}
