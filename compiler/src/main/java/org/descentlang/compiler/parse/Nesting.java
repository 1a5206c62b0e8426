package org.descentlang.compiler.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.source.Span;
import org.descentlang.grammar.DescentLexer;

/**
 * Bounds the depth of every tree that is built from a text, so that methods may recurse over it. The depth of an
 * expression is at most the number of its operators and brackets, counted anew after each comma, `=` and block.
 */
final class Nesting {
    static final int LIMIT = 400;

    private static final Set<Integer> OPERATORS = Set.of(
            DescentLexer.AND,
            DescentLexer.AT_SIGN,
            DescentLexer.CARET,
            DescentLexer.ELSE,
            DescentLexer.EQUAL,
            DescentLexer.GREATER,
            DescentLexer.GREATER_OR_EQUAL,
            DescentLexer.LESS,
            DescentLexer.LESS_OR_EQUAL,
            DescentLexer.MINUS,
            DescentLexer.MOD,
            DescentLexer.NOT,
            DescentLexer.NOT_EQUAL,
            DescentLexer.OR,
            DescentLexer.PIPE,
            DescentLexer.PLUS,
            DescentLexer.SLASH,
            DescentLexer.STAR,
            DescentLexer.THEN);

    private final Deque<Level> levels = new ArrayDeque<>(List.of(new Level(0, 0)));

    private Nesting() {}

    /** The first place, in words with balanced brackets, that is too deep. */
    static Optional<Problem> check(List<Word> words) {
        var nesting = new Nesting();
        return words.stream()
                .filter(word -> nesting.depthAfter(word.getType()) > LIMIT)
                .findFirst()
                .map(word -> tooDeep(word.place()));
    }

    static Problem tooDeep(Span place) {
        return Problem.at(
                place, Code.TOO_DEEP, "this is nested too deeply: more than " + LIMIT + " operators and brackets deep");
    }

    static boolean isOperator(int type) {
        return OPERATORS.contains(type);
    }

    private int depthAfter(int type) {
        switch (type) {
            case DescentLexer.LEFT_BRACE, DescentLexer.LEFT_BRACKET, DescentLexer.LEFT_PARENTHESIS ->
                levels.push(new Level(current().depth + 1, current().depth + 1));
            case DescentLexer.RIGHT_BRACKET, DescentLexer.RIGHT_PARENTHESIS -> {
                levels.pop();
                deepen();
            }
            case DescentLexer.RIGHT_BRACE -> levels.pop();
            case DescentLexer.COMMA, DescentLexer.ASSIGN, DescentLexer.ARROW -> replace(current().base);
            default -> {
                if (isOperator(type)) {
                    deepen();
                }
            }
        }
        return current().depth;
    }

    private Level current() {
        return levels.element();
    }

    private void deepen() {
        replace(current().depth + 1);
    }

    private void replace(int depth) {
        levels.push(new Level(levels.pop().base, depth));
    }

    private record Level(int base, int depth) {}
}
