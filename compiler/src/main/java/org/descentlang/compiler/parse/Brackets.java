package org.descentlang.compiler.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.grammar.DescentLexer;

/**
 * Makes brackets match: one that is never closed, or closes nothing, is reported once, and the parser then reads words
 * whose brackets are balanced.
 */
final class Brackets {
    private final List<Word> words;
    private final boolean cutAtDeclarations;
    private final List<Problem> found = new ArrayList<>();
    private final List<Word> balanced;
    private final Deque<Word> open = new ArrayDeque<>();
    private boolean flawed;
    private boolean unclosedAtEnd;

    private Brackets(List<Word> words, boolean cutAtDeclarations) {
        this.words = words;
        this.cutAtDeclarations = cutAtDeclarations;
        this.balanced = new ArrayList<>(words.size());
    }

    /** The words with balanced brackets; empty when they nest too deeply. */
    static List<Word> balance(List<Word> words, Problems problems) {
        var plain = new Brackets(words, false);
        plain.run();
        Brackets chosen = plain;
        if (plain.unclosedAtEnd) {
            chosen = new Brackets(words, true);
            chosen.run();
        }
        chosen.found.forEach(problems::report);
        return chosen.open.isEmpty() ? chosen.balanced : List.of();
    }

    private void run() {
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            if (open.size() > Nesting.LIMIT) {
                found.add(Nesting.tooDeep(word.place()));
                return;
            }
            if (word.getType() == DescentLexer.EOF) {
                closeAll(word);
            } else if (cutAtDeclarations && atMargin(word) && Pieces.startsDeclaration(words, i)) {
                closeAll(word);
            }
            read(word);
        }
    }

    private void read(Word word) {
        int type = word.getType();
        Optional<Integer> opener = opener(type);
        if (opener.isPresent() && !close(word, opener.get())) {
            reject(word);
            return;
        }
        if (isOpener(type)) {
            open.push(word);
        }
        balanced.add(flawed ? word.flaw() : word);
        flawed = false;
    }

    /** A closer that closes nothing is left out, or closes the parenthesis or bracket that is open just before it. */
    private void reject(Word closer) {
        Word opener = open.peek();
        String shown = "`" + closer.getText() + "`";
        if (opener == null || opener.getType() == DescentLexer.LEFT_BRACE) {
            found.add(Problem.at(closer.place(), Code.UNOPENED_BRACKET, "this " + shown + " closes no bracket"));
            if (!balanced.isEmpty()) {
                balanced.getLast().flaw();
            }
        } else {
            found.add(Problem.at(
                            closer.place(),
                            Code.UNOPENED_BRACKET,
                            "`" + opener.getText() + "` cannot be closed by " + shown)
                    .also(opener.place(), "opened here"));
            balanced.add(Word.assumed(closer(open.pop().getType()), closer.place()));
        }
        flawed = true;
    }

    /** Closes what {@code closer} closes, after what should have been closed before it; false if it closes nothing. */
    private boolean close(Word closer, int opener) {
        boolean closesOne = open.stream()
                .takeWhile(word -> opener == DescentLexer.LEFT_BRACE || word.getType() != DescentLexer.LEFT_BRACE)
                .anyMatch(word -> word.getType() == opener);
        if (closesOne) {
            while (open.element().getType() != opener) {
                assumeClosed(open.pop(), closer);
            }
            open.pop();
        }
        return closesOne;
    }

    private void closeAll(Word before) {
        while (!open.isEmpty()) {
            Word opener = open.pop();
            unclosedAtEnd |= before.getType() == DescentLexer.EOF;
            assumeClosed(opener, before);
        }
    }

    private void assumeClosed(Word opener, Word before) {
        var problem =
                Problem.at(opener.place(), Code.UNCLOSED_BRACKET, "this `" + opener.getText() + "` is never closed");
        found.add(
                before.getType() == DescentLexer.EOF
                        ? problem
                        : problem.also(before.place(), "it should have been closed before this"));
        balanced.add(Word.assumed(closer(opener.getType()), before.place()));
        flawed = true;
    }

    private static boolean atMargin(Word word) {
        return word.firstOnLine() && word.place().column() == 1;
    }

    private static boolean isOpener(int type) {
        return type == DescentLexer.LEFT_BRACE
                || type == DescentLexer.LEFT_BRACKET
                || type == DescentLexer.LEFT_PARENTHESIS;
    }

    private static Optional<Integer> opener(int closer) {
        return switch (closer) {
            case DescentLexer.RIGHT_BRACE -> Optional.of(DescentLexer.LEFT_BRACE);
            case DescentLexer.RIGHT_BRACKET -> Optional.of(DescentLexer.LEFT_BRACKET);
            case DescentLexer.RIGHT_PARENTHESIS -> Optional.of(DescentLexer.LEFT_PARENTHESIS);
            default -> Optional.empty();
        };
    }

    private static int closer(int opener) {
        return switch (opener) {
            case DescentLexer.LEFT_BRACE -> DescentLexer.RIGHT_BRACE;
            case DescentLexer.LEFT_BRACKET -> DescentLexer.RIGHT_BRACKET;
            default -> DescentLexer.RIGHT_PARENTHESIS;
        };
    }
}
