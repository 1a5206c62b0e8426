package org.descentlang.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** A method of many statements as a tree of short ones, which stay far below the 8000 bytes that HotSpot compiles. */
public final class LongMethod {
    private static final int LONGEST = 60;

    private LongMethod() {}

    public static List<MethodSpec> inParts(String name, List<CodeBlock> statements) {
        if (statements.size() <= LONGEST) {
            var method = MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE);
            statements.forEach(method::addCode);
            return List.of(method.build());
        }
        int length = lengthOfParts(statements.size());
        var parts = new ArrayList<MethodSpec>();
        var calls = new ArrayList<CodeBlock>();
        for (int start = 0; start < statements.size(); start += length) {
            String part = name + "Part" + (calls.size() + 1);
            parts.addAll(inParts(part, statements.subList(start, Math.min(statements.size(), start + length))));
            calls.add(CodeBlock.of("$L();\n", part));
        }
        parts.addAll(0, inParts(name, calls));
        return parts;
    }

    /** So many that they can all be called from one method. */
    private static int lengthOfParts(int statements) {
        int length = LONGEST;
        while (statements > (long) length * LONGEST) {
            length *= LONGEST;
        }
        return length;
    }
}
