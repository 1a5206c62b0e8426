package org.descentlang.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.descentlang.compiler.emit.text.DoubleText;
import org.descentlang.compiler.emit.text.FloatText;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.emit.text.RuntimeNames;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.description.DataDescription.Conversion;
import org.descentlang.description.Range;

/** Values that compiler and runtime both know, as Java that makes them: a record is what its components are. */
final class ValueText {
    private static final int CHARACTERS = 16_000;
    private static final int MOST_WRITTEN = 64;

    private ValueText() {}

    /** A conversion that generated code has; the compiler only knows its class. */
    record Generated(ClassName type) implements Conversion {
        @Override
        public void convert(float[] columns, float[] field, int rows) {
            throw new UnsupportedOperationException(type + " is not compiled yet");
        }
    }

    static CodeBlock of(Object value) {
        return switch (value) {
            case String text -> CodeBlock.of("$S", text);
            case Boolean truth -> CodeBlock.of("$L", truth);
            case Integer number -> CodeBlock.of("$L", number);
            case Long number -> CodeBlock.of("$LL", number);
            case Float number -> FloatText.literal(number, ElementType.F32).code();
            case Double number -> DoubleText.literal(number).code();
            case Enum<?> constant -> CodeBlock.of("$T.$L", constant.getDeclaringClass(), constant.name());
            case OptionalLong number ->
                number.isPresent()
                        ? CodeBlock.of("$T.of($LL)", OptionalLong.class, number.getAsLong())
                        : CodeBlock.of("$T.empty()", OptionalLong.class);
            case Optional<?> present
            when present.isPresent() -> CodeBlock.of("$T.of($L)", Optional.class, of(present.get()));
            case Optional<?> _ -> CodeBlock.of("$T.empty()", Optional.class);
            case List<?> values -> list(values);
            case Generated(var type) -> CodeBlock.of("new $T()", type);
            case Range range -> range(range);
            case Record made -> made(made);
            default -> throw new IllegalArgumentException("no Java for " + value);
        };
    }

    private static CodeBlock made(Record value) {
        var components = Arrays.stream(value.getClass().getRecordComponents())
                .map(component -> of(component(value, component)))
                .toList();
        return CodeBlock.of("new $T($L)", value.getClass(), Positions.list(components));
    }

    static Object component(Record value, RecordComponent component) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component.toString(), e);
        }
    }

    /** A long list of numbers is spelled as text, which costs one constant instead of some bytes of code a number. */
    private static CodeBlock list(List<?> values) {
        if (values.size() > MOST_WRITTEN && values.stream().allMatch(Number.class::isInstance)) {
            String method = values.getFirst() instanceof Integer ? "whole" : "of";
            return CodeBlock.of("$T.$L($L)", RuntimeNames.NUMBERS, method, Positions.list(texts(values)));
        }
        return CodeBlock.of(
                "$T.of($L)",
                List.class,
                Positions.list(values.stream().map(ValueText::of).toList()));
    }

    private static List<CodeBlock> texts(List<?> numbers) {
        var texts = new ArrayList<CodeBlock>();
        var text = new StringBuilder();
        for (Object number : numbers) {
            text.append(number).append(' ');
            if (text.length() > CHARACTERS) {
                texts.add(CodeBlock.of("$S", text));
                text.setLength(0);
            }
        }
        texts.add(CodeBlock.of("$S", text));
        return texts;
    }

    /** `Range.ANY.from(0.0).below(1.0)`. */
    private static CodeBlock range(Range range) {
        var code = CodeBlock.builder().add("$T.ANY", Range.class);
        if (range.whole()) {
            code.add(".ofWholeNumbers()");
        }
        if (range.hasLow()) {
            code.add(".$L($L)", range.lowIncluded() ? "from" : "above", of(range.low()));
        }
        if (range.hasHigh()) {
            code.add(".$L($L)", range.highIncluded() ? "to" : "below", of(range.high()));
        }
        return code.build();
    }
}
