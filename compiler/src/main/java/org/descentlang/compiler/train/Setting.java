package org.descentlang.compiler.train;

import org.descentlang.compiler.lower.Value;
import org.descentlang.compiler.source.Span;

/**
 * A number of a rule or clip for some parameters.
 *
 * @param path `optimizer.lr`, or `optimizer.head.lr` where `for head.* { lr = … }` holds
 * @param label `head` there; empty where nothing overrides it
 */
record Setting(String path, String name, Value.Number number, boolean defaulted, Span span, String label) {}
