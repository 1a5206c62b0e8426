package org.descentlang.compiler.model;

import org.descentlang.compiler.source.Span;

/**
 * A number that may change between steps without recompiling: `optimizer.lr`, `optimizer.bias.lr` (an override),
 * `clip.global_norm.max`, `loss.label_smoothing`, `body.dropout.rate`.
 *
 * @param name its last part, by which `schedule` finds it in every group
 * @param defaulted whether the user left it at its default
 * @param range what it has to be, by the requirements of what it is an argument of
 */
public record Hyperparameter(String path, String name, double value, boolean defaulted, Span span, Range range) {}
