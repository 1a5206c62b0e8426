package org.descentlang.compiler.diagnostic;

import java.util.Locale;
import org.descentlang.compiler.source.Span;

/**
 * One JSON object a line: severity, code, title, file, line, column, endLine, endColumn (1-based, the end exclusive),
 * label, labels (each with the same place and a text), help.
 */
public final class JsonRenderer implements Renderer {
    @Override
    public String render(Problem problem) {
        var object = new JsonObject()
                .put("severity", problem.severity().name().toLowerCase(Locale.ROOT))
                .put("code", problem.code().id())
                .put("title", problem.title());
        place(object, problem.primary().span());
        object.put("label", problem.primary().text());
        object.put(
                "labels", problem.secondary().stream().map(JsonRenderer::label).toList());
        problem.help().ifPresent(help -> object.put("help", help));
        return object.toString();
    }

    private static JsonObject label(Label label) {
        return place(new JsonObject(), label.span()).put("text", label.text());
    }

    private static JsonObject place(JsonObject object, Span span) {
        var source = span.source();
        return object.put("file", source.name())
                .put("line", span.line())
                .put("column", span.column())
                .put("endLine", source.lineOf(span.end()))
                .put("endColumn", source.columnOf(span.end()));
    }
}
