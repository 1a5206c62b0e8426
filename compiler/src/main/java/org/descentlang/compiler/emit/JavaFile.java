package org.descentlang.compiler.emit;

/**
 * A Java source file to be.
 *
 * @param path relative to a source root, `samples/digits/Mlp.java`
 * @param vectorBits 0 for what the user's own build compiles. Else the length of the vectors that it is written for: it
 *     needs `--add-modules jdk.incubator.vector` to compile and to run, and javac warns of that, so it is compiled
 *     apart, with the others on the class path, and loaded by name where the machine has such vectors.
 */
public record JavaFile(String path, String text, int vectorBits) {}
