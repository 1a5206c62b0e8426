package org.descentlang.compiler.lower;

/** What `if training` asks for; a program is lowered for one of them. */
public enum Mode {
    TRAINING,
    INFERENCE
}
