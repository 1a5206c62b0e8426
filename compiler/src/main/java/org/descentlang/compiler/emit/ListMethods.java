package org.descentlang.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.text.DoubleText;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.emit.text.RuntimeNames;

/** Methods that return constants too long for one expression, each below the 8000 bytes that HotSpot compiles. */
final class ListMethods {
    private static final int ITEMS = 40;
    private static final int CHARACTERS = 16_000;
    private static final int INLINE_NUMBERS = 64;

    private ListMethods() {}

    /** A method {@code name()} that returns a list of the items. */
    static void add(TypeSpec.Builder type, String name, TypeName element, List<CodeBlock> items) {
        add(type, name, element, items, List.of());
    }

    /** @param sizes parameters of the method that items mention */
    static void add(TypeSpec.Builder type, String name, TypeName element, List<CodeBlock> items, List<String> sizes) {
        TypeName list = ParameterizedTypeName.get(ClassName.get(List.class), element);
        var method = method(name).returns(list);
        sizes.forEach(size -> method.addParameter(int.class, size));
        if (items.size() <= ITEMS) {
            type.addMethod(method.addStatement("return $T.of($L)", List.class, lines(items))
                    .build());
            return;
        }
        method.addStatement("var list = new $T<$T>()", ArrayList.class, element);
        var parts = new ArrayList<MethodSpec>();
        for (int start = 0; start < items.size(); start += ITEMS) {
            var part = method(name + (parts.size() + 1)).addParameter(list, "list");
            sizes.forEach(size -> part.addParameter(int.class, size));
            items.subList(start, Math.min(items.size(), start + ITEMS))
                    .forEach(item -> part.addStatement("list.add($L)", item));
            parts.add(part.build());
            String more = sizes.isEmpty() ? "" : ", " + String.join(", ", sizes);
            method.addStatement("$L(list$L)", name + parts.size(), more);
        }
        type.addMethod(method.addStatement("return list").build());
        parts.forEach(type::addMethod);
    }

    private static CodeBlock lines(List<CodeBlock> items) {
        return items.isEmpty()
                ? CodeBlock.of("")
                : CodeBlock.of("\n$>$>$L$<$<", items.stream().collect(CodeBlock.joining(",\n")));
    }

    /**
     * A list of doubles; a long one is spelled as text, which costs one constant instead of 8 bytes of code a number.
     */
    static CodeBlock numbers(List<Double> values) {
        if (values.size() <= INLINE_NUMBERS) {
            var items = values.stream()
                    .map(value -> DoubleText.literal(value).code())
                    .toList();
            return CodeBlock.of("$T.of($L)", List.class, Positions.list(items));
        }
        var texts = new ArrayList<CodeBlock>();
        var text = new StringBuilder();
        for (double value : values) {
            text.append(value).append(' ');
            if (text.length() > CHARACTERS) {
                texts.add(CodeBlock.of("$S", text));
                text.setLength(0);
            }
        }
        texts.add(CodeBlock.of("$S", text));
        return CodeBlock.of("$T.of($L)", RuntimeNames.NUMBERS, Positions.list(texts));
    }

    private static MethodSpec.Builder method(String name) {
        return MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE, Modifier.STATIC);
    }
}
