package org.descentlang.compiler.parse;

import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.source.Span;

/** What to say about a character that begins no word. */
final class Characters {
    private Characters() {}

    static Problem unexpected(Span place) {
        int character = place.text().codePointAt(0);
        var problem = Problem.at(place, Code.UNEXPECTED_CHARACTER, show(character) + " has no meaning here");
        return switch (character) {
            case ';' -> problem.help("leave it out: statements need no `;`");
            case '!' -> problem.help("write `not` for negation, `!=` for inequality");
            case '&' -> problem.help("write `and`");
            case '|' -> problem.help("write `or`, or `|>` to pass a value on");
            case '\'', '“', '”', '‘', '’' -> problem.help("write strings in straight double quotes: `\"text\"`");
            case '#' -> problem.help("a comment starts with `//`");
            case '²' -> problem.help("write `^2`");
            case '·', '×', '⋅' -> problem.help("write `*`, or `@` for the matrix product");
            case '−', '–', '—' -> problem.help("use the minus sign of the keyboard: `-`");
            case '≤' -> problem.help("write `<=`");
            case '≥' -> problem.help("write `>=`");
            case '≠' -> problem.help("write `!=`");
            default -> problem;
        };
    }

    /** Whether a character shows as itself: no blank, no control or direction mark, no half of a pair. */
    static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SPACE_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static String show(int character) {
        return isVisible(character)
                ? "`" + Character.toString(character) + "`"
                : "the character U+%04X".formatted(character);
    }
}
