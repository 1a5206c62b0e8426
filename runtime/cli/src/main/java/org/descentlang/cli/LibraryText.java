package org.descentlang.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.descentlang.compiler.ast.Declaration;
import org.descentlang.compiler.check.StandardLibrary;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.runtime.UserException;

/** The standard library's own text, with its documentation. */
final class LibraryText {
    /** A source in brackets, a further sentence, or a detail after a semicolon. */
    private static final Pattern END_OF_SENTENCE = Pattern.compile("(?<=[^ .])[.;] | \\([A-Z][^)]*\\d|\\.$");

    private LibraryText() {}

    /** Every declaration of the name: a loss and a metric may share one. */
    static String of(String name) {
        var primitive = StandardLibrary.primitives().get(name);
        var texts = new ArrayList<String>();
        if (primitive != null) {
            texts.add("// built in\n/** " + primitive.text() + " */\nfunction " + primitive.signature() + "\n");
        }
        declarations().stream()
                .filter(declaration -> declaration.name().text().equals(name))
                .map(LibraryText::text)
                .forEach(texts::add);
        if (texts.isEmpty()) {
            throw new UserException("there is no std." + name + suggestion(name));
        }
        return String.join("\n", texts);
    }

    /** All there is, a line each. */
    static String all() {
        var text = new StringBuilder();
        var primitives = new Table();
        StandardLibrary.primitives()
                .values()
                .forEach(primitive -> primitives.row(primitive.signature(), primitive.text()));
        text.append("built in\n").append(primitives.text("  "));
        for (var unit : StandardLibrary.units()) {
            var table = new Table();
            unit.declarations().forEach(declaration -> table.row(call(declaration), sentence(declaration)));
            text.append('\n').append(unit.source().name()).append('\n').append(table.text("  "));
        }
        return text.append("\n`descent describe std.NAME` shows the text of one.\n")
                .toString();
    }

    private static String call(Declaration declaration) {
        String name = declaration.name().text();
        if (!(declaration instanceof Declaration.Definition definition)) {
            return name;
        }
        String parameters = definition.parameters().stream()
                .map(parameter -> parameter.name().text() + (parameter.initial().isPresent() ? "?" : ""))
                .collect(Collectors.joining(", "));
        return definition.kind().keyword() + " " + name + (parameters.isEmpty() ? "" : "(" + parameters + ")");
    }

    /** The first of its documentation, up to where a source or a detail begins. */
    private static String sentence(Declaration declaration) {
        String doc = declaration.doc().orElse("").strip().replaceAll("\\s+", " ");
        var end = END_OF_SENTENCE.matcher(doc);
        return end.find() ? doc.substring(0, end.start()) : doc.replaceFirst("\\.$", "");
    }

    private static List<Declaration> declarations() {
        return StandardLibrary.units().stream()
                .flatMap(unit -> unit.declarations().stream())
                .toList();
    }

    private static String text(Declaration declaration) {
        var span = declaration.span();
        String doc =
                declaration.doc().map(text -> "/** " + text.strip() + " */\n").orElse("");
        return "// " + span.source().name() + ", line " + span.line() + "\n" + doc + span.text() + "\n";
    }

    private static String suggestion(String name) {
        var names = new TreeSet<String>();
        declarations().forEach(declaration -> names.add(declaration.name().text()));
        names.addAll(StandardLibrary.primitives().keySet());
        return Suggestion.nearest(name, names)
                .map(near -> "; did you mean std." + near + "?")
                .orElse("; `descent describe std` lists what there is");
    }
}
