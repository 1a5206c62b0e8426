package org.descentlang.compiler.parse;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.descentlang.compiler.ast.DataClause;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.source.Span;
import org.descentlang.grammar.DescentParser.DataClauseContext;
import org.descentlang.grammar.DescentParser.DistributionContext;
import org.descentlang.grammar.DescentParser.ExamplesContext;
import org.descentlang.grammar.DescentParser.FieldContext;
import org.descentlang.grammar.DescentParser.FilesContext;
import org.descentlang.grammar.DescentParser.FromContext;
import org.descentlang.grammar.DescentParser.PartContext;
import org.descentlang.grammar.DescentParser.RandomFieldContext;
import org.descentlang.grammar.DescentParser.SplitContext;
import org.descentlang.grammar.DescentParser.SplitFromContext;
import org.descentlang.grammar.DescentParserBaseVisitor;

/** ANTLR's trees of the clauses of `data` to ours. */
final class DataClauseBuilder extends DescentParserBaseVisitor<DataClause> {
    private final Literals literals;
    private final StatementBuilder statements;

    DataClauseBuilder(Problems problems, StatementBuilder statements) {
        this.literals = new Literals(problems);
        this.statements = statements;
    }

    /** The clauses that have no mistake in them. */
    List<DataClause> clauses(List<DataClauseContext> trees) {
        return trees.stream()
                .filter(tree -> tree.exception == null)
                .map(tree -> tree.accept(this))
                .toList();
    }

    @Override
    public DataClause visitFrom(FromContext tree) {
        return new DataClause.From(files(tree.files()), Places.of(tree));
    }

    @Override
    public DataClause visitSplitFrom(SplitFromContext tree) {
        Span split = Places.of(tree.getStart());
        return new DataClause.SplitFrom(Name.of(split.text(), split), files(tree.files()), Places.of(tree));
    }

    @Override
    public DataClause visitField(FieldContext tree) {
        return new DataClause.Field(
                Places.name(tree.name()),
                Optional.ofNullable(tree.type()).map(statements.types()::build),
                statements.expressions().build(tree.expression()),
                doc(tree),
                Places.of(tree));
    }

    @Override
    public DataClause visitRandomField(RandomFieldContext tree) {
        return new DataClause.RandomField(
                Places.name(tree.name()),
                statements.types().build(tree.type()),
                distribution(tree.distribution()),
                doc(tree),
                Places.of(tree));
    }

    @Override
    public DataClause visitExamples(ExamplesContext tree) {
        return new DataClause.Examples(literals.count(tree.count()), Places.of(tree));
    }

    @Override
    public DataClause visitSplit(SplitContext tree) {
        return new DataClause.Split(
                tree.part().stream().map(this::part).toList(),
                Optional.ofNullable(tree.count()).map(literals::count),
                Places.of(tree));
    }

    private DataClause.Files files(FilesContext tree) {
        List<Expression> paths = tree.TEXT().stream()
                .<Expression>map(path -> literals.text(path.getSymbol()))
                .toList();
        return new DataClause.Files(paths.getFirst(), paths.stream().skip(1).findFirst());
    }

    private Expression distribution(DistributionContext tree) {
        return statements.expressions().arguments().call(tree.name(), tree.arguments());
    }

    private DataClause.Part part(PartContext tree) {
        return new DataClause.Part(Places.name(tree.name()), literals.share(tree));
    }

    private static Optional<String> doc(ParserRuleContext tree) {
        return ((Word) tree.getStart()).doc();
    }
}
