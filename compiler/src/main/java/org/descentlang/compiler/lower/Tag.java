package org.descentlang.compiler.lower;

/** The dimension `name` of one use of a definition; two uses of a layer have different `n`. `..` is a name too. */
public record Tag(int frame, String name) {}
