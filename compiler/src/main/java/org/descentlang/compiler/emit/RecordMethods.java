package org.descentlang.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** A method that makes a record, and one for each list of records in it. */
final class RecordMethods {
    private RecordMethods() {}

    /** @param given components that another class has */
    static void add(TypeSpec.Builder type, String name, Record value, Map<String, CodeBlock> given) {
        var items = new ArrayList<CodeBlock>();
        var lists = new ArrayList<MethodSpec>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            items.add(Optional.ofNullable(given.get(component.getName()))
                    .orElseGet(() -> item(lists, component, ValueText.component(value, component))));
        }
        type.addMethod(MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.STATIC)
                .returns(value.getClass())
                .addStatement(
                        "return new $T(\n$>$>$L$<$<)",
                        value.getClass(),
                        items.stream().collect(CodeBlock.joining(",\n")))
                .build());
        lists.forEach(type::addMethod);
    }

    private static CodeBlock item(List<MethodSpec> lists, RecordComponent component, Object value) {
        if (!(value instanceof List<?> list) || list.isEmpty() || !(list.getFirst() instanceof Record)) {
            return ValueText.of(value);
        }
        Type element = element(component.getGenericType());
        lists.addAll(ListMethods.of(
                component.getName(), element, list.stream().map(ValueText::of).toList()));
        return CodeBlock.of("$L()", component.getName());
    }

    private static Type element(Type list) {
        return ((ParameterizedType) list).getActualTypeArguments()[0];
    }
}
