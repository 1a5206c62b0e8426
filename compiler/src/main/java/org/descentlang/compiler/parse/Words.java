package org.descentlang.compiler.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.compiler.source.Span;
import org.descentlang.grammar.DescentLexer;
import org.jspecify.annotations.Nullable;

/**
 * Text to words: drops white space and comments, attaches doc comments, tells units from names, reports what is no
 * word.
 */
final class Words {
    static final Set<String> UNITS = Set.of(
            "step", "steps", "epoch", "epochs", "sample", "samples", "second", "seconds", "minute", "minutes", "hour",
            "hours");

    /** After these a number stands alone, so `batch 64` followed by `epochs 40` is two clauses. */
    private static final Set<Integer> BEFORE_BARE_NUMBER = Set.of(
            DescentLexer.BATCH,
            DescentLexer.ACCUMULATE,
            DescentLexer.EPOCHS,
            DescentLexer.STEPS,
            DescentLexer.EXAMPLES,
            DescentLexer.SEED,
            DescentLexer.LAST);

    private final SourceFile source;
    private final Problems problems;
    private final Offsets offsets;
    private final List<Word> words = new ArrayList<>();
    private @Nullable String doc;
    private boolean flawed;
    private int lastLine = -1;
    private int badLine = -1;

    private Words(SourceFile source, Problems problems) {
        this.source = source;
        this.problems = problems;
        this.offsets = Offsets.of(source.text());
    }

    /** The words of a file; the last is the end of the file. */
    static List<Word> of(SourceFile source, Problems problems) {
        return new Words(source, problems).read();
    }

    private List<Word> read() {
        var lexer = new DescentLexer(CharStreams.fromString(source.text()));
        lexer.removeErrorListeners();
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            add(token);
        }
        Word end = Word.end(source, source.text().length());
        words.add(flawed ? end.flaw() : end);
        markUnits();
        return words;
    }

    private void add(Token token) {
        var place = new Span(source, offsets.at(token.getStartIndex()), offsets.at(token.getStopIndex() + 1));
        switch (token.getType()) {
            case DescentLexer.SPACE, DescentLexer.LINE_COMMENT -> {}
            case DescentLexer.COMMENT -> DocComment.clean(place.text()).ifPresent(text -> doc = text);
            case DescentLexer.UNTERMINATED_COMMENT ->
                report(
                        new Span(source, place.start(), place.start() + 2),
                        Code.UNTERMINATED_COMMENT,
                        "this comment has no `*/`");
            case DescentLexer.UNEXPECTED -> unexpected(place);
            case DescentLexer.UNTERMINATED_TEXT -> {
                report(place, Code.UNTERMINATED_TEXT, "this string has no closing `\"` on its line");
                add(DescentLexer.TEXT, place);
            }
            case DescentLexer.BAD_NUMBER -> {
                report(place, Code.BAD_NUMBER, Numbers.complaint(place.text()));
                add(DescentLexer.NUMBER, place);
            }
            default -> add(token.getType(), place);
        }
    }

    private void add(int type, Span place) {
        int line = place.line();
        var word = new Word(type, place, line != lastLine, doc);
        words.add(flawed ? word.flaw() : word);
        lastLine = source.lineOf(Math.max(place.start(), place.end() - 1));
        doc = null;
        flawed = false;
    }

    /** One message a line: such characters come in runs and pairs. */
    private void unexpected(Span place) {
        int line = place.line();
        if (line != badLine) {
            problems.report(Characters.unexpected(place));
        }
        if (!words.isEmpty() && lastLine == line) {
            words.getLast().flaw();
        }
        badLine = line;
        flawed = true;
    }

    private void report(Span place, Code code, String title) {
        problems.report(Problem.at(place, code, title));
        flawed = true;
    }

    private void markUnits() {
        for (int i = 1; i + 1 < words.size(); i++) {
            Word word = words.get(i);
            boolean unit = UNITS.contains(word.getText())
                    && words.get(i - 1).getType() == DescentLexer.NUMBER
                    && !(i > 1 && BEFORE_BARE_NUMBER.contains(words.get(i - 2).getType()))
                    && !startsStatement(words.get(i + 1).getType());
            if (unit) {
                word.setType(DescentLexer.UNIT);
            }
        }
    }

    /** Whether a word followed by {@code next} cannot be a unit: `epochs 40`, `steps = 3`. */
    private static boolean startsStatement(int next) {
        return next == DescentLexer.NUMBER || next == DescentLexer.ASSIGN || next == DescentLexer.ARROW;
    }
}
