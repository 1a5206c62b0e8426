package org.descentlang.compiler.parse;

import org.antlr.v4.runtime.Token;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Expression.Unit;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.source.Span;
import org.descentlang.grammar.DescentParser.BoundContext;
import org.descentlang.grammar.DescentParser.CountContext;
import org.descentlang.grammar.DescentParser.DurationContext;
import org.descentlang.grammar.DescentParser.NumberContext;
import org.descentlang.grammar.DescentParser.PartContext;
import org.jspecify.annotations.Nullable;

/** Numbers, quantities and texts, whose values are checked here. */
final class Literals {
    private final Problems problems;

    Literals(Problems problems) {
        this.problems = problems;
    }

    Expression number(NumberContext tree) {
        Token unit = tree.UNIT() == null ? null : tree.UNIT().getSymbol();
        return quantity(tree.NUMBER().getSymbol(), unit, tree.PERCENT() != null, Places.of(tree));
    }

    Expression duration(DurationContext tree) {
        Token unit = tree.UNIT() == null ? null : tree.UNIT().getSymbol();
        return quantity(tree.NUMBER().getSymbol(), unit, false, Places.of(tree));
    }

    Expression share(PartContext tree) {
        Span number = Places.of(tree.NUMBER().getSymbol());
        Span span = tree.PERCENT() == null
                ? number
                : number.to(Places.of(tree.PERCENT().getSymbol()));
        return quantity(tree.NUMBER().getSymbol(), null, tree.PERCENT() != null, span);
    }

    Expression count(CountContext tree) {
        Span span = Places.of(tree);
        double value = value(tree.NUMBER().getSymbol());
        return new Expression.Number(tree.MINUS() == null ? value : -value, false, span);
    }

    Expression position(Token number) {
        return quantity(number, null, false, Places.of(number));
    }

    double bound(BoundContext tree) {
        double value = value(tree.NUMBER().getSymbol()) / (tree.PERCENT() == null ? 1 : 100);
        return tree.MINUS() == null ? value : -value;
    }

    Expression.Text text(Token token) {
        Span span = Places.of(token);
        String written = span.text();
        boolean closed = written.length() > 1 && written.endsWith("\"");
        return new Expression.Text(unescape(written.substring(1, written.length() - (closed ? 1 : 0)), span), span);
    }

    private Expression quantity(Token number, @Nullable Token unit, boolean percent, Span span) {
        double value = value(number);
        return unit == null
                ? new Expression.Number(percent ? value / 100 : value, percent, span)
                : new Expression.Quantity(value, unit(unit.getText()), span);
    }

    private double value(Token token) {
        Numbers.outOfRange(token.getText())
                .ifPresent(title -> problems.report(Problem.at(Places.of(token), Code.BAD_NUMBER, title)));
        return Numbers.value(token.getText());
    }

    private String unescape(String written, Span span) {
        var text = new StringBuilder(written.length());
        for (int i = 0; i < written.length(); i++) {
            if (written.charAt(i) == '\\' && i + 1 < written.length()) {
                escape(span, i + 1, written.codePointAt(i + 1));
                i++;
            }
            text.append(written.charAt(i));
        }
        return text.toString();
    }

    private void escape(Span text, int position, int escaped) {
        if (escaped != '"' && escaped != '\\') {
            int start = text.start() + position;
            problems.report(Problem.at(
                            new Span(text.source(), start, start + 1 + Character.charCount(escaped)),
                            Code.BAD_ESCAPE,
                            "in a string, `\\` is allowed only before `\"` and `\\`")
                    .help("write `\\\\` for a backslash, `/` between the parts of a path"));
        }
    }

    private static Unit unit(String word) {
        return switch (word) {
            case "step", "steps" -> Unit.STEPS;
            case "epoch", "epochs" -> Unit.EPOCHS;
            case "sample", "samples" -> Unit.SAMPLES;
            case "second", "seconds" -> Unit.SECONDS;
            case "minute", "minutes" -> Unit.MINUTES;
            default -> Unit.HOURS;
        };
    }
}
