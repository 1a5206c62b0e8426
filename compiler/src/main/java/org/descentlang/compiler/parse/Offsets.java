package org.descentlang.compiler.parse;

/** From ANTLR's positions, in code points, to positions in the Java string. */
interface Offsets {
    int at(int codePoint);

    static Offsets of(String text) {
        int count = text.codePointCount(0, text.length());
        if (count == text.length()) {
            return codePoint -> codePoint;
        }
        int[] offsets = new int[count + 1];
        for (int i = 0, offset = 0; i < count; i++) {
            offsets[i] = offset;
            offset += Character.charCount(text.codePointAt(offset));
        }
        offsets[count] = text.length();
        return codePoint -> offsets[codePoint];
    }
}
