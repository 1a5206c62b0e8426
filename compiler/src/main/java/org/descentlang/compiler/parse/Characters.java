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
            case '\'', '“', '”', '‘', '’' -> problem.help("write texts in straight double quotes: `\"text\"`");
            case '²' -> problem.help("write `^2`");
            case '·', '×', '⋅' -> problem.help("write `*`, or `@` for the matrix product");
            case '−', '–', '—' -> problem.help("write the minus sign of the keyboard: `-`");
            case '≤' -> problem.help("write `<=`");
            case '≥' -> problem.help("write `>=`");
            case '≠' -> problem.help("write `!=`");
            default -> problem;
        };
    }

    private static String show(int character) {
        boolean visible = Character.isDefined(character)
                && !Character.isISOControl(character)
                && Character.getType(character) != Character.SURROGATE
                && Character.getType(character) != Character.FORMAT
                && !Character.isWhitespace(character)
                && !Character.isSpaceChar(character);
        return visible ? "`" + Character.toString(character) + "`" : "the character U+%04X".formatted(character);
    }
}
