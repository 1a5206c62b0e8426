package org.descentlang.compiler.emit.kernel;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** A method of many statements as a tree of short ones, which stay far below the 8000 bytes that HotSpot compiles. */
public final class LongMethod {
    private static final int LONGEST = 60;

    private LongMethod() {}

    /**
     * @param returned `void`; or `String`, where each statement may return what it found, and the method "" at its end
     */
    public static List<MethodSpec> inParts(String name, String returned, List<CodeBlock> statements) {
        boolean text = returned.equals("String");
        if (statements.size() <= LONGEST) {
            var method = method(name, text);
            statements.forEach(method::addCode);
            return List.of((text ? method.addStatement("return $S", "") : method).build());
        }
        var parts = new ArrayList<MethodSpec>();
        var calls = new ArrayList<CodeBlock>();
        for (int start = 0; start < statements.size(); start += LONGEST) {
            String part = name + "Part" + (parts.size() + 1);
            var piece = statements.subList(start, Math.min(statements.size(), start + LONGEST));
            parts.addAll(inParts(part, returned, piece));
            calls.add(text ? partCheck(part) : CodeBlock.of("$L();\n", part));
        }
        parts.addAll(0, inParts(name, returned, calls));
        return parts;
    }

    private static CodeBlock partCheck(String part) {
        return CodeBlock.builder()
                .addStatement("$T $LFound = $L()", String.class, part, part)
                .beginControlFlow("if (!$LFound.isEmpty())", part)
                .addStatement("return $LFound", part)
                .endControlFlow()
                .build();
    }

    private static MethodSpec.Builder method(String name, boolean text) {
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE)
                .returns(text ? ClassName.get(String.class) : TypeName.VOID);
    }
}
