package org.descentlang.compiler.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.descentlang.grammar.DescentLexer;

/** Cuts a file into its header and its declarations, each parsed by itself. */
final class Pieces {
    private static final Set<Integer> INTRODUCES_DECLARATION = Set.of(
            DescentLexer.DATA,
            DescentLexer.MODEL,
            DescentLexer.LAYER,
            DescentLexer.FUNCTION,
            DescentLexer.LOSS,
            DescentLexer.METRIC,
            DescentLexer.OPTIMIZER,
            DescentLexer.CLIP,
            DescentLexer.SCHEDULE,
            DescentLexer.INIT,
            DescentLexer.TRAIN);

    private static final Set<Integer> AFTER_DECLARED_NAME =
            Set.of(DescentLexer.ASSIGN, DescentLexer.COLON, DescentLexer.LEFT_BRACE, DescentLexer.LEFT_PARENTHESIS);

    private Pieces() {}

    /** The header, which may be empty, then each declaration; every piece ends with an end of file. */
    static List<List<Word>> of(List<Word> words) {
        var pieces = new ArrayList<List<Word>>();
        int start = 0;
        int depth = 0;
        for (int i = 0; i < words.size(); i++) {
            if (depth == 0 && (startsDeclaration(words, i) || looksLikeDeclaration(words, i))) {
                pieces.add(piece(words, start, i));
                start = i;
            }
            depth += depthChange(words.get(i).getType());
        }
        pieces.add(words.subList(start, words.size()));
        return pieces;
    }

    /** Whether a declaration starts at a word outside all brackets: `model M {`, `loss f(`. */
    static boolean startsDeclaration(List<Word> words, int index) {
        return index + 2 < words.size()
                && INTRODUCES_DECLARATION.contains(words.get(index).getType())
                && isWord(words.get(index + 1).getType())
                && AFTER_DECLARED_NAME.contains(words.get(index + 2).getType());
    }

    /**
     * Whether a declaration without its name starts here: its word begins a line, after something that may end there.
     */
    private static boolean looksLikeDeclaration(List<Word> words, int index) {
        return INTRODUCES_DECLARATION.contains(words.get(index).getType())
                && words.get(index).firstOnLine()
                && (index == 0 || mayEnd(words.get(index - 1).getType()));
    }

    private static boolean mayEnd(int type) {
        return !Nesting.isOperator(type) && type != DescentLexer.COMMA && type != DescentLexer.ASSIGN;
    }

    /** A name or a word that means something in places. */
    static boolean isWord(int type) {
        return type == DescentLexer.NAME
                || type == DescentLexer.UNIT
                || type >= DescentLexer.DATA && type <= DescentLexer.TRUE;
    }

    private static List<Word> piece(List<Word> words, int start, int end) {
        var piece = new ArrayList<>(words.subList(start, end));
        Word next = words.get(end);
        piece.add(Word.end(next.place().source(), next.place().start()));
        return piece;
    }

    /** How much deeper in brackets the next word is. */
    static int depthChange(int type) {
        return switch (type) {
            case DescentLexer.LEFT_BRACE, DescentLexer.LEFT_BRACKET, DescentLexer.LEFT_PARENTHESIS -> 1;
            case DescentLexer.RIGHT_BRACE, DescentLexer.RIGHT_BRACKET, DescentLexer.RIGHT_PARENTHESIS -> -1;
            default -> 0;
        };
    }
}
