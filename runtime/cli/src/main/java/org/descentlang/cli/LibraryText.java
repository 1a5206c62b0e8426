package org.descentlang.cli;

import java.util.List;
import java.util.TreeSet;
import org.descentlang.compiler.ast.Declaration;
import org.descentlang.compiler.check.StandardLibrary;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.runtime.UserException;

/** The standard library's own text, with its documentation. */
final class LibraryText {
    private LibraryText() {}

    /** Every declaration of the name: a loss and a metric may share one. */
    static String of(String name) {
        List<String> texts = declarations().stream()
                .filter(declaration -> declaration.name().text().equals(name))
                .map(LibraryText::text)
                .toList();
        if (texts.isEmpty()) {
            throw new UserException("there is no std." + name + suggestion(name));
        }
        return String.join("\n", texts);
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
        return Suggestion.nearest(name, names)
                .map(near -> "; did you mean std." + near + "?")
                .orElse("; there are: " + String.join(", ", names));
    }
}
