package org.descentlang.compiler.parse;

import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.grammar.DescentLexer;
import org.descentlang.grammar.DescentParser;

/**
 * Reports each mistake once, and goes on after the clause or statement that has it. ANTLR's own repairs (a word left
 * out or made up) are not used: they guess, and a wrong guess makes echoes.
 */
final class SyntaxErrors extends DefaultErrorStrategy {
    private final Wording wording;

    SyntaxErrors(Problems problems) {
        this.wording = new Wording(problems);
    }

    @Override
    public void reportError(Parser parser, RecognitionException mistake) {
        // Said in recover, once it is known how far the mistake reaches.
    }

    @Override
    public Token recoverInline(Parser parser) {
        throw new InputMismatchException(parser);
    }

    /** Called in each rule from the innermost outwards; a rule that is not an item of a body passes the mistake on. */
    @Override
    public void recover(Parser parser, RecognitionException mistake) {
        ParserRuleContext rule = parser.getContext();
        switch (rule.getRuleIndex()) {
            case DescentParser.RULE_declarationUnit, DescentParser.RULE_header -> {
                if (!flawed(parser)) {
                    wording.report(parser, rule, mistake);
                }
            }
            case DescentParser.RULE_dataClause,
                    DescentParser.RULE_trainClause,
                    DescentParser.RULE_statement,
                    DescentParser.RULE_setting,
                    DescentParser.RULE_deviceSetting -> {
                if (!skip(parser, rule.getStart().getTokenIndex())) {
                    wording.report(parser, rule, mistake);
                }
            }
            default -> throw mistake;
        }
    }

    /** At the start of each item of a body: what cannot start one is reported and skipped. */
    @Override
    public void sync(Parser parser) {
        if (!isBody(parser.getContext())) {
            return;
        }
        IntervalSet expected = parser.getATN().nextTokens(parser.getATN().states.get(parser.getState()));
        while (expected.contains(DescentLexer.RIGHT_BRACE)
                && !expected.contains(parser.getCurrentToken().getType())) {
            Token start = parser.getCurrentToken();
            if (start.getType() == Token.EOF) {
                return;
            }
            if (!skip(parser, start.getTokenIndex())) {
                wording.unknownItem(parser, parser.getContext(), (Word) start);
            }
        }
    }

    private static boolean flawed(Parser parser) {
        return ((CommonTokenStream) parser.getInputStream())
                .getTokens().stream().anyMatch(word -> ((Word) word).flawed());
    }

    private static boolean isBody(ParserRuleContext rule) {
        int index = rule.getRuleIndex();
        return index == DescentParser.RULE_declaration
                || index == DescentParser.RULE_block
                || index == DescentParser.RULE_settings
                || index == DescentParser.RULE_deviceSettings;
    }

    /**
     * Goes on to the next item of the body: the first word of a line, outside the brackets that opened since
     * {@code start}, or the body's end. Says whether something was already reported on the way.
     */
    private static boolean skip(Parser parser, int start) {
        TokenStream words = parser.getInputStream();
        int depth = 0;
        boolean flawed = false;
        for (int i = start; ; i++) {
            Word word = (Word) words.get(i);
            flawed |= word.flawed();
            boolean reached = i >= words.index();
            if (reached && depth == 0 && (endsBody(word) || i > start && startsLine(word)) || isEnd(word)) {
                return flawed;
            }
            depth += Pieces.depthChange(word.getType());
            if (reached) {
                parser.consume();
            }
        }
    }

    private static boolean isEnd(Word word) {
        return word.getType() == Token.EOF;
    }

    private static boolean endsBody(Word word) {
        return word.getType() == DescentLexer.RIGHT_BRACE;
    }

    private static boolean startsLine(Word word) {
        return word.firstOnLine() && Pieces.isWord(word.getType());
    }
}
