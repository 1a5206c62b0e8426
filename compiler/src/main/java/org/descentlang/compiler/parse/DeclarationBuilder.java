package org.descentlang.compiler.parse;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.descentlang.compiler.ast.Declaration;
import org.descentlang.compiler.ast.Statement;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.grammar.DescentLexer;
import org.descentlang.grammar.DescentParser.DataDeclarationContext;
import org.descentlang.grammar.DescentParser.DeclarationUnitContext;
import org.descentlang.grammar.DescentParser.DefinitionContext;
import org.descentlang.grammar.DescentParser.ExpressionContext;
import org.descentlang.grammar.DescentParser.KindContext;
import org.descentlang.grammar.DescentParser.ParameterContext;
import org.descentlang.grammar.DescentParser.ParametersContext;
import org.descentlang.grammar.DescentParser.TrainDeclarationContext;
import org.descentlang.grammar.DescentParserBaseVisitor;
import org.jspecify.annotations.Nullable;

/** ANTLR's trees of declarations to ours. */
final class DeclarationBuilder extends DescentParserBaseVisitor<Declaration> {
    private final StatementBuilder statements;
    private final RequirementBuilder requirements;
    private final DataClauseBuilder dataClauses;
    private final TrainClauseBuilder trainClauses;

    DeclarationBuilder(Problems problems) {
        this.statements = new StatementBuilder(problems);
        this.requirements = new RequirementBuilder(problems);
        this.dataClauses = new DataClauseBuilder(problems, statements);
        this.trainClauses = new TrainClauseBuilder(problems, statements);
    }

    /** The declaration, unless a mistake keeps it from having one. */
    Optional<Declaration> build(DeclarationUnitContext tree) {
        boolean sound = tree.exception == null && tree.declaration().exception == null;
        return sound ? Optional.of(tree.declaration().accept(this)) : Optional.empty();
    }

    @Override
    public Declaration visitDataDeclaration(DataDeclarationContext tree) {
        return new Declaration.Data(
                Places.name(tree.name()), dataClauses.clauses(tree.dataClause()), doc(tree), Places.of(tree));
    }

    @Override
    public Declaration visitTrainDeclaration(TrainDeclarationContext tree) {
        return new Declaration.Train(
                Places.name(tree.name()), trainClauses.clauses(tree.trainClause()), doc(tree), Places.of(tree));
    }

    @Override
    public Declaration visitDefinition(DefinitionContext tree) {
        return new Declaration.Definition(
                kind(tree.kind()),
                Places.name(tree.name()),
                parameters(tree.parameters()),
                statements.types().maybe(tree.type()),
                Places.direction(tree.direction()),
                requirements.build(tree.requirements()),
                body(tree),
                doc(tree),
                Places.of(tree));
    }

    private List<Statement> body(DefinitionContext tree) {
        return tree.block() == null ? List.of(returned(tree.expression())) : statements.block(tree.block());
    }

    private Statement returned(ExpressionContext tree) {
        return new Statement.Return(statements.expressions().build(tree), Places.of(tree));
    }

    private List<Declaration.Parameter> parameters(@Nullable ParametersContext tree) {
        return tree == null
                ? List.of()
                : tree.parameter().stream().map(this::parameter).toList();
    }

    private Declaration.Parameter parameter(ParameterContext tree) {
        return new Declaration.Parameter(
                Places.name(tree.name()),
                statements.types().maybe(tree.type()),
                statements.expressions().maybe(tree.expression()),
                Places.of(tree));
    }

    private static Declaration.Kind kind(KindContext tree) {
        return switch (tree.getStart().getType()) {
            case DescentLexer.FUNCTION -> Declaration.Kind.FUNCTION;
            case DescentLexer.LAYER -> Declaration.Kind.LAYER;
            case DescentLexer.MODEL -> Declaration.Kind.MODEL;
            case DescentLexer.LOSS -> Declaration.Kind.LOSS;
            case DescentLexer.METRIC -> Declaration.Kind.METRIC;
            case DescentLexer.OPTIMIZER -> Declaration.Kind.OPTIMIZER;
            case DescentLexer.CLIP -> Declaration.Kind.CLIP;
            case DescentLexer.SCHEDULE -> Declaration.Kind.SCHEDULE;
            default -> Declaration.Kind.INIT;
        };
    }

    private static Optional<String> doc(ParserRuleContext tree) {
        return ((Word) tree.getStart()).doc();
    }
}
