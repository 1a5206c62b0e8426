package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javapoet.ClassName;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.descentlang.compiler.emit.text.RuntimeNames;
import org.junit.jupiter.api.Test;

final class RuntimeNamesTest {
    @Test
    void everyNameIsAPublicTypeOfTheRuntime() throws ReflectiveOperationException {
        for (ClassName name : names()) {
            assertThat(name.packageName()).matches("org\\.descentlang\\.(description|runtime\\..*)");
            Class<?> found = Class.forName(name.reflectionName());
            assertThat(found).isPublic();
        }
    }

    private static List<ClassName> names() throws IllegalAccessException {
        var names = new ArrayList<ClassName>();
        for (Field field : RuntimeNames.class.getDeclaredFields()) {
            names.add((ClassName) field.get(null));
        }
        assertThat(names).hasSizeGreaterThan(20);
        return names;
    }
}
