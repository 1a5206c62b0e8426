package org.descentlang.compiler.parse;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.descentlang.compiler.ast.CompilationUnit;
import org.descentlang.compiler.ast.Declaration;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.compiler.source.Span;
import org.descentlang.grammar.DescentParser;

/**
 * Text to syntax tree. No text makes it throw: what is wrong becomes a problem, and the declaration or clause is left
 * out.
 */
public final class Parser {
    /** In UTF-16 units; a hundred times the largest specification that was ever written by hand. */
    public static final int LARGEST_FILE = 2_000_000;

    private final SourceFile source;
    private final Problems problems;

    private Parser(SourceFile source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    public static CompilationUnit parse(SourceFile source, Problems problems) {
        return new Parser(source, problems).file();
    }

    private CompilationUnit file() {
        List<List<Word>> pieces = Pieces.of(words());
        Header header = Header.of(read(pieces.getFirst(), DescentParser::header), problems);
        var builder = new DeclarationBuilder(problems);
        List<Declaration> declarations = pieces.stream()
                .skip(1)
                .map(piece -> builder.build(read(piece, DescentParser::declarationUnit)))
                .flatMap(Optional::stream)
                .toList();
        return new CompilationUnit(source, header.packageName(), header.imports(), declarations);
    }

    private List<Word> words() {
        Optional<String> flaw = source.flaw();
        if (flaw.isPresent()) {
            int end = source.text().length();
            problems.report(Problem.at(new Span(source, end, end), Code.UNREADABLE, flaw.get()));
            return nothing();
        }
        if (source.text().length() > LARGEST_FILE) {
            problems.report(Problem.at(
                    new Span(source, 0, 0),
                    Code.FILE_TOO_LARGE,
                    "this file has more than " + LARGEST_FILE + " characters"));
            return nothing();
        }
        List<Word> words = Brackets.balance(Words.of(source, problems), problems);
        Optional<Problem> tooDeep = Nesting.check(words);
        tooDeep.ifPresent(problems::report);
        return tooDeep.isPresent() || words.isEmpty() ? nothing() : words;
    }

    private List<Word> nothing() {
        return List.of(Word.end(source, source.text().length()));
    }

    /**
     * Reads a piece by a rule: first with ANTLR's fast prediction, which can only be wrong by failing, and then, if it
     * failed, with its exact one, reporting what is wrong.
     */
    private <T> T read(List<Word> piece, Function<DescentParser, T> rule) {
        var words = new CommonTokenStream(new ListTokenSource(piece));
        words.fill();
        var parser = new DescentParser(words);
        parser.removeErrorListeners();
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.setErrorHandler(new BailErrorStrategy());
        try {
            return rule.apply(parser);
        } catch (ParseCancellationException e) {
            parser.reset();
            parser.getInterpreter().setPredictionMode(PredictionMode.LL);
            parser.setErrorHandler(new SyntaxErrors(problems));
            return rule.apply(parser);
        }
    }
}
