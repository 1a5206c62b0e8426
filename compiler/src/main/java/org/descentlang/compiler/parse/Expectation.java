package org.descentlang.compiler.parse;

import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNConfig;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.PredictionContext;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Which kinds of words the parser could have gone on with where it stopped. */
final class Expectation {
    private final ATN atn;
    private final IntervalSet expected = new IntervalSet();

    private Expectation(ATN atn) {
        this.atn = atn;
    }

    static IntervalSet of(Parser parser, RecognitionException mistake) {
        return mistake instanceof NoViableAltException failure && lookedAhead(failure)
                ? new Expectation(parser.getATN()).afterLookingAhead(failure)
                : mistake.getExpectedTokens();
    }

    private static boolean lookedAhead(NoViableAltException failure) {
        return failure.getStartToken().getTokenIndex()
                < failure.getOffendingToken().getTokenIndex();
    }

    /** ANTLR's own answer is for where it began to look ahead; the states that it died in tell for where it stopped. */
    private IntervalSet afterLookingAhead(NoViableAltException failure) {
        for (ATNConfig config : failure.getDeadEndConfigs()) {
            add(config.state, config.context);
        }
        expected.remove(Token.EPSILON);
        return expected;
    }

    private void add(ATNState state, PredictionContext callers) {
        IntervalSet next = atn.nextTokens(state);
        expected.addAll(next);
        for (int i = 0; next.contains(Token.EPSILON) && i < callers.size(); i++) {
            int caller = callers.getReturnState(i);
            if (caller != PredictionContext.EMPTY_RETURN_STATE) {
                add(atn.states.get(caller), callers.getParent(i));
            }
        }
    }
}
