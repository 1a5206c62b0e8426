package org.descentlang.compiler.emit;

/** A Java source file to be: {@code path} is relative to a source root, `samples/digits/Mlp.java`. */
public record JavaFile(String path, String text) {}
