package org.descentlang.compiler.train;

import java.util.List;
import java.util.Map;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.lower.Value;
import org.descentlang.compiler.model.ModelSpec;
import org.descentlang.compiler.source.Span;
import org.descentlang.description.Duration;

/** One piece of a schedule with its arguments: `warmup(100 steps)`. */
record SegmentUse(Definition definition, Map<String, Value.Given> arguments, Expression.Call call) {
    /** The parameter that says how long a segment lasts. */
    private static final String OVER = "over";

    /** Without an `over` it never ends. */
    Duration length() {
        Value.Given over = arguments.get(OVER);
        return over != null && over.value() instanceof Value.Length(var duration) ? duration : Duration.REST;
    }

    /** Its arguments as `describe` shows them. */
    List<ModelSpec.Argument> described() {
        return arguments.entrySet().stream()
                .map(argument -> argument.getValue().named(argument.getKey()))
                .toList();
    }

    Span span() {
        return call.span();
    }

    String text() {
        return span().text();
    }
}
