package org.descentlang.compiler.parse;

import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    /** Where a number or a text is expected: a sign, and what makes the word before the name of a field. */
    private static final Set<Integer> RARELY_MEANT =
            Set.of(DescentLexer.MINUS, DescentLexer.ASSIGN, DescentLexer.COLON);

    private static final int LONGEST = 40;

    private final Problems problems;

    Wording(Problems problems) {
        this.problems = problems;
    }

    /** A mistake inside {@code item}, a clause, statement, header or declaration. */
    void report(Parser parser, ParserRuleContext item, RecognitionException mistake) {
        Word found = (Word) mistake.getOffendingToken();
        Word start = (Word) item.getStart();
        boolean second = found.getTokenIndex() == start.getTokenIndex() + 1;
        boolean declaration = item.getRuleIndex() == DescentParser.RULE_declarationUnit
                && found != start
                && found.firstOnLine()
                && Pieces.isWord(found.getType());
        if (declaration) {
            problems.report(unknown(found, Body.FILE));
        } else if (item.getRuleIndex() == DescentParser.RULE_header) {
            problems.report(outside(parser, start, found, mistake));
        } else if (second && startsNoItem(start, found)) {
            unknownItem(parser, item.getParent(), start);
        } else {
            problems.report(expected(parser, Expectation.of(parser, mistake), found));
        }
    }

    /** A word that starts none of the clauses or statements that the body of {@code owner} may have. */
    void unknownItem(Parser parser, ParserRuleContext owner, Word start) {
        Body body = Body.of(owner);
        if (isReserved(start.getType())) {
            problems.report(reserved(start));
        } else if (start.getType() == DescentLexer.UNIT || !start.firstOnLine() && !opensBody(parser, start)) {
            problems.report(unexpected(parser, start, body.words()));
        } else if (Pieces.isWord(start.getType())) {
            problems.report(unknown(start, body));
        } else {
            problems.report(
                    Problem.at(start.place(), Code.SYNTAX, "expected a " + body.item() + ", found " + found(start)));
        }
    }

    /** A word as it can stand in a message: not too long, and without what would disturb the line. */
    static String shown(String text) {
        int count = text.codePointCount(0, text.length());
        String start = count <= LONGEST ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
        return start.codePoints()
                .map(character -> Characters.isVisible(character) || character == ' ' ? character : '\uFFFD')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Something between the declarations. */
    private static Problem outside(Parser parser, Word start, Word found, RecognitionException mistake) {
        boolean inPackage = start.getType() == DescentLexer.PACKAGE && found != start && !found.firstOnLine();
        if (inPackage && !Pieces.isWord(found.getType()) && found.getType() != Token.EOF) {
            return Problem.at(
                            found.place(),
                            Code.PACKAGE_NAME,
                            found(found) + " cannot be part of a package, which is names joined by dots")
                    .help("write it like `package samples.digits`");
        }
        if (found.getType() == DescentLexer.PACKAGE) {
            return Problem.at(found.place(), Code.SYNTAX, "`package` may appear only once, before everything else");
        }
        boolean complete = mistake.getExpectedTokens().contains(Token.EOF);
        return complete && Pieces.isWord(found.getType())
                ? unknown(found, Body.FILE)
                : expected(parser, Expectation.of(parser, mistake), found);
    }

    private static Problem unknown(Word word, Body body) {
        String title = found(word) + " is not a " + body.item() + Suggestion.didYouMean(word.getText(), body.words());
        var problem = Problem.at(word.place(), Code.UNKNOWN_CLAUSE, title);
        return body == Body.DEVICE
                ? problem.help("the settings are `products in tf32` and `read loss every 10 steps`")
                : problem;
    }

    private static Problem reserved(Word word) {
        return Problem.at(word.place(), Code.RESERVED_WORD, found(word) + " is a reserved word and cannot be a name");
    }

    /** `lose value`: a word before another word can only have been meant as a keyword. */
    private static boolean startsNoItem(Word start, Word next) {
        return start.getType() == DescentLexer.NAME
                && (Pieces.isWord(next.getType())
                        || next.getType() == DescentLexer.NUMBER
                        || next.getType() == DescentLexer.TEXT);
    }

    private static boolean opensBody(Parser parser, Word start) {
        return previous(parser, start)
                .filter(word -> word.getType() != DescentLexer.LEFT_BRACE)
                .isEmpty();
    }

    private static Problem unexpected(Parser parser, Word found) {
        return unexpected(parser, found, List.of());
    }

    /** @param words one of which may have been meant */
    private static Problem unexpected(Parser parser, Word found, List<String> words) {
        String meant = Suggestion.didYouMean(found.getText(), words);
        return problem(parser, found, found(found) + " is unexpected" + after(parser, found) + meant);
    }

    private static Problem expected(Parser parser, IntervalSet expected, Word found) {
        if (expected.contains(DescentLexer.NAME) && !startsExpression(expected) && isReserved(found.getType())) {
            return reserved(found);
        }
        Optional<Problem> unit = misspeltUnit(parser, found);
        if (unit.isPresent()) {
            return unit.get();
        }
        return describe(parser, expected)
                .map(what ->
                        problem(parser, found, "expected " + what + after(parser, found) + ", found " + found(found)))
                .orElseGet(() -> unexpected(parser, found));
    }

    /** `100 stpes`, `3 batches`: a word on the line of a number can only be meant as its unit. */
    private static Optional<Problem> misspeltUnit(Parser parser, Word found) {
        boolean follows = found.getType() == DescentLexer.NAME
                && !found.firstOnLine()
                && previous(parser, found)
                        .filter(word -> word.getType() == DescentLexer.NUMBER)
                        .isPresent();
        return follows
                ? Optional.of(Problem.at(
                        found.place(),
                        Code.SYNTAX,
                        found(found)
                                + " is not a unit; the units are `steps`, `epochs`, `samples`, `seconds`, `minutes` and `hours`"
                                + Suggestion.didYouMean(found.getText(), Words.UNITS)))
                : Optional.empty();
    }

    /** At the word found, or, where that stands on another line, where the missing one should stand. */
    private static Problem problem(Parser parser, Word found, String title) {
        Span place = previous(parser, found)
                .filter(_ -> found.firstOnLine())
                .map(Wording::end)
                .orElse(found.place());
        var problem = Problem.at(place, Code.SYNTAX, title);
        return help(parser, found).map(problem::help).orElse(problem);
    }

    private static Optional<String> help(Parser parser, Word found) {
        if (followedByDigits(parser, found)) {
            return Optional.of("write a digit before the point: `0.5`");
        }
        Optional<Word> before = previous(parser, found);
        return switch (found.getType()) {
            case DescentLexer.ASSIGN, DescentLexer.COLON ->
                before.filter(word -> word.firstOnLine() && Body.TRAIN.words().contains(word.getText()))
                        .map(word ->
                                "write the value of a clause without " + found(found) + ": `" + word.getText() + " …`");
            case DescentLexer.STAR ->
                before.filter(word -> word.getType() == DescentLexer.STAR).map(_ -> "write `^` for a power");
            case DescentLexer.PERCENT -> Optional.of("write a number: `90%` is `0.9`");
            case DescentLexer.IF ->
                Optional.of(
                        "`if` chooses between statements; to choose between values, write `where(condition, a, b)`");
            default -> Optional.empty();
        };
    }

    private static boolean followedByDigits(Parser parser, Word found) {
        return found.getType() == DescentLexer.DOT
                && ((Word) parser.getInputStream().get(found.getTokenIndex() + 1)).getType() == DescentLexer.NUMBER;
    }

    private static Span end(Word word) {
        return new Span(word.place().source(), word.place().end(), word.place().end());
    }

    private static String found(Word word) {
        if (word.getType() != Token.EOF) {
            return "`" + shown(word.getText()) + "`";
        }
        boolean last = word.place().start() == word.place().source().text().length();
        return last ? "the end of the file" : "the next declaration";
    }

    private static String after(Parser parser, Word found) {
        return previous(parser, found)
                .map(word -> " after `" + shown(word.getText()) + "`")
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
        boolean others = expected.contains(DescentLexer.NUMBER) || expected.contains(DescentLexer.TEXT);
        List<String> words = expected.toList().stream()
                .filter(type -> type > 0 && !continuesExpression(expected, type))
                .filter(type -> !others || !RARELY_MEANT.contains(type))
                .map(type -> isComparison(type) && expected.contains(DescentLexer.EQUAL)
                        ? "a comparison"
                        : describe(parser, type))
                .distinct()
                .toList();
        return words.isEmpty() || words.size() > 5 ? Optional.empty() : Optional.of(list(words));
    }

    /** After an expression nobody wants to read that `+` could follow. */
    private static boolean continuesExpression(IntervalSet expected, int type) {
        return expected.contains(DescentLexer.PIPE) && (Nesting.isOperator(type) || type == DescentLexer.LEFT_BRACKET);
    }

    private static boolean isComparison(int type) {
        return switch (type) {
            case DescentLexer.EQUAL,
                    DescentLexer.NOT_EQUAL,
                    DescentLexer.LESS,
                    DescentLexer.LESS_OR_EQUAL,
                    DescentLexer.GREATER,
                    DescentLexer.GREATER_OR_EQUAL -> true;
            default -> false;
        };
    }

    private static String describe(Parser parser, int type) {
        return switch (type) {
            case DescentLexer.NUMBER -> "a number";
            case DescentLexer.TEXT -> "a string in quotes";
            case DescentLexer.UNIT -> "a unit";
            case DescentLexer.ARROW -> "`←`";
            default -> parser.getVocabulary().getLiteralName(type).replace('\'', '`');
        };
    }

    private static String list(List<String> words) {
        int last = words.size() - 1;
        return last == 0 ? words.getFirst() : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }
}
