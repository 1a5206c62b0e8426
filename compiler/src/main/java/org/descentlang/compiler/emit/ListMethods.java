package org.descentlang.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Methods that return constants too long for one expression, each below the 8000 bytes that HotSpot compiles. */
final class ListMethods {
    private static final int ITEMS = 40;

    private ListMethods() {}

    /** A method {@code name()} that returns a list of the items, and the methods that it calls. */
    static List<MethodSpec> of(String name, Type element, List<CodeBlock> items) {
        TypeName list = ParameterizedTypeName.get(List.class, element);
        var method = method(name).returns(list);
        if (items.size() <= ITEMS) {
            return List.of(method.addStatement("return $T.of($L)", List.class, lines(items))
                    .build());
        }
        method.addStatement("var list = new $T<$T>()", ArrayList.class, element);
        var parts = new ArrayList<MethodSpec>();
        for (int start = 0; start < items.size(); start += ITEMS) {
            var part = method(name + (parts.size() + 1)).addParameter(list, "list");
            items.subList(start, Math.min(items.size(), start + ITEMS))
                    .forEach(item -> part.addStatement("list.add($L)", item));
            parts.add(part.build());
            method.addStatement("$L(list)", name + parts.size());
        }
        parts.addFirst(method.addStatement("return list").build());
        return parts;
    }

    private static CodeBlock lines(List<CodeBlock> items) {
        return CodeBlock.of("\n$>$>$L$<$<", items.stream().collect(CodeBlock.joining(",\n")));
    }

    private static MethodSpec.Builder method(String name) {
        return MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE, Modifier.STATIC);
    }
}
