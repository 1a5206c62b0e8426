package org.descentlang.compiler.parse;

import java.util.Optional;
import java.util.stream.Collectors;

/** The text of a comment that starts with two stars. */
final class DocComment {
    private DocComment() {}

    /** What stands between the stars, without the star that leads each line; empty for an ordinary comment. */
    static Optional<String> clean(String comment) {
        boolean documents = comment.startsWith("/**") && comment.length() > 4;
        return documents ? Optional.of(text(comment.substring(3, comment.length() - 2))) : Optional.empty();
    }

    private static String text(String inside) {
        return inside.lines()
                .map(DocComment::line)
                .collect(Collectors.joining("\n"))
                .strip();
    }

    private static String line(String line) {
        String text = line.strip();
        return text.startsWith("*") ? text.substring(1).strip() : text;
    }
}
