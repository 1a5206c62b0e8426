package org.descentlang.compiler.diagnostic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.source.Span;

/**
 * One thing that is wrong, as data; renderers decide how it looks.
 *
 * @param title stands alone, in the user's own names and numbers
 * @param primary where it is wrong
 * @param secondary where the wrong number or name came from
 * @param help the only place that proposes a change, and only one that would compile
 */
public record Problem(Code code, String title, Label primary, List<Label> secondary, Optional<String> help) {
    public Problem {
        secondary = List.copyOf(secondary);
    }

    public static Problem at(Span span, Code code, String title) {
        return new Problem(code, title, new Label(span, ""), List.of(), Optional.empty());
    }

    public Severity severity() {
        return code.severity();
    }

    /** The same problem with a text under its place. */
    public Problem label(String text) {
        return new Problem(code, title, new Label(primary.span(), text), secondary, help);
    }

    /** The same problem pointing at one more place. */
    public Problem also(Span span, String text) {
        var labels = new ArrayList<>(secondary);
        labels.add(new Label(span, text));
        return new Problem(code, title, primary, labels, help);
    }

    public Problem help(String text) {
        return new Problem(code, title, primary, secondary, Optional.of(text));
    }
}
