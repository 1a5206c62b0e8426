package org.descentlang.compiler.lower;

import java.util.Optional;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.Dim;

/** A size and, if it is known, where it was written. */
record Dimension(Dim dim, Optional<Span> written) {}
