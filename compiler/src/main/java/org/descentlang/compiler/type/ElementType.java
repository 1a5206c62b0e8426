package org.descentlang.compiler.type;

/** What a tensor holds. */
public enum ElementType {
    F32("f32"),
    I32("i32"),
    BOOL("bool");

    private final String text;

    ElementType(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }
}
