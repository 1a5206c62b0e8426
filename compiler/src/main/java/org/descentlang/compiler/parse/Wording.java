package org.descentlang.compiler.parse;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.compiler.source.Span;
import org.descentlang.grammar.DescentLexer;
import org.descentlang.grammar.DescentParser;

/** Says in the user's terms what the parser did not understand. */
final class Wording {
    private static final List<String> DATA = List.of("from", "random", "examples", "split");
    private static final List<String> SETTING = List.of("for", "freeze");
    private static final List<String> TRAIN = List.of(
            "model",
            "data",
            "loss",
            "metric",
            "optimizer",
            "schedule",
            "clip",
            "batch",
            "epochs",
            "steps",
            "shuffle",
            "stop",
            "keep",
            "checkpoint",
            "average",
            "seed",
            "device",
            "on");
    private static final List<String> STATEMENT = List.of(
            "weight",
            "bias",
            "gain",
            "embedding",
            "running",
            "input",
            "output",
            "return",
            "emit",
            "if",
            "for",
            "state",
            "gradient",
            "freeze");

    private final Problems problems;

    Wording(Problems problems) {
        this.problems = problems;
    }

    /** A mistake inside {@code item}, a clause, statement, header or declaration. */
    void report(Parser parser, ParserRuleContext item, RecognitionException mistake) {
        Word found = (Word) mistake.getOffendingToken();
        Word start = (Word) item.getStart();
        boolean undecided = mistake instanceof NoViableAltException failure && failure.getStartToken() != found;
        boolean second = found.getTokenIndex() == start.getTokenIndex() + 1;
        if (undecided && second && startsNoItem(start, found)) {
            unknownItem(item.getParent(), start);
        } else if (undecided) {
            problems.report(unexpected(parser, found));
        } else {
            problems.report(expected(parser, mistake.getExpectedTokens(), found));
        }
    }

    /** A word that starts none of the clauses or statements that the body of {@code owner} may have. */
    void unknownItem(ParserRuleContext owner, Word start) {
        Body body = Body.of(owner);
        String shown = "`" + start.getText() + "`";
        boolean isWord = Pieces.isWord(start.getType());
        String title = isWord
                ? shown + " is no " + body.item() + Suggestion.didYouMean(start.getText(), body.words())
                : "expected a " + body.item() + ", found " + shown;
        problems.report(Problem.at(start.place(), isWord ? Code.UNKNOWN_CLAUSE : Code.SYNTAX, title));
    }

    /** `lose value`: a word before another word can only have been meant as a keyword. */
    private static boolean startsNoItem(Word start, Word next) {
        return start.getType() == DescentLexer.NAME
                && (Pieces.isWord(next.getType())
                        || next.getType() == DescentLexer.NUMBER
                        || next.getType() == DescentLexer.TEXT);
    }

    private static Problem unexpected(Parser parser, Word found) {
        return problem(parser, found, found(found) + " is unexpected" + after(parser, found));
    }

    private static Problem expected(Parser parser, IntervalSet expected, Word found) {
        if (expected.contains(DescentLexer.NAME) && !startsExpression(expected) && isReserved(found.getType())) {
            return problem(parser, found, "`" + found.getText() + "` is a word of the language and cannot be a name");
        }
        return describe(parser, expected)
                .map(what ->
                        problem(parser, found, "expected " + what + after(parser, found) + ", found " + found(found)))
                .orElseGet(() -> unexpected(parser, found));
    }

    private static Problem problem(Parser parser, Word found, String title) {
        Span place = found.getType() == Token.EOF ? end(previous(parser, found).orElse(found)) : found.place();
        return Problem.at(place, Code.SYNTAX, title);
    }

    private static Span end(Word word) {
        return new Span(word.place().source(), word.place().end(), word.place().end());
    }

    private static String found(Word word) {
        if (word.getType() != Token.EOF) {
            return "`" + word.getText() + "`";
        }
        boolean last = word.place().start() == word.place().source().text().length();
        return last ? "the end of the file" : "the next declaration";
    }

    private static String after(Parser parser, Word found) {
        return previous(parser, found)
                .map(word -> " after `" + word.getText() + "`")
                .orElse("");
    }

    private static Optional<Word> previous(Parser parser, Word found) {
        int index = found.getTokenIndex();
        return index == 0
                ? Optional.empty()
                : Optional.of((Word) parser.getInputStream().get(index - 1));
    }

    private static boolean startsExpression(IntervalSet expected) {
        return expected.contains(DescentLexer.NUMBER) && expected.contains(DescentLexer.LEFT_PARENTHESIS);
    }

    private static boolean isReserved(int type) {
        return type >= DescentLexer.AND && type <= DescentLexer.TRUE;
    }

    private static Optional<String> describe(Parser parser, IntervalSet expected) {
        if (startsExpression(expected)) {
            return Optional.of("an expression");
        }
        if (expected.contains(DescentLexer.NAME)) {
            return Optional.of("a name");
        }
        if (expected.contains(DescentLexer.LAYER)) {
            return Optional.of("a declaration");
        }
        List<String> words = expected.toList().stream()
                .filter(type -> type > 0 && !continuesExpression(expected, type))
                .map(type -> describe(parser, type))
                .toList();
        return words.isEmpty() || words.size() > 5 ? Optional.empty() : Optional.of(list(words));
    }

    /** After an expression nobody wants to read that `+` could follow. */
    private static boolean continuesExpression(IntervalSet expected, int type) {
        return expected.contains(DescentLexer.PIPE) && (Nesting.isOperator(type) || type == DescentLexer.LEFT_BRACKET);
    }

    private static String describe(Parser parser, int type) {
        return switch (type) {
            case DescentLexer.NUMBER -> "a number";
            case DescentLexer.TEXT -> "a text in quotes";
            case DescentLexer.UNIT -> "a unit";
            case DescentLexer.ARROW -> "`←`";
            default -> parser.getVocabulary().getLiteralName(type).replace('\'', '`');
        };
    }

    private static String list(List<String> words) {
        int last = words.size() - 1;
        return last == 0 ? words.getFirst() : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    /** What a body holds, and the words that its items start with. */
    private record Body(String item, List<String> words) {
        static Body of(ParserRuleContext owner) {
            return switch (owner) {
                case DescentParser.DataDeclarationContext _ -> new Body("clause of `data`", DATA);
                case DescentParser.TrainDeclarationContext _ -> new Body("clause of `train`", TRAIN);
                case DescentParser.SettingsContext _ -> new Body("setting of an optimizer", SETTING);
                default -> new Body("statement", STATEMENT);
            };
        }
    }
}
