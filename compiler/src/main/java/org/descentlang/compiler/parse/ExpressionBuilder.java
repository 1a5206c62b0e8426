package org.descentlang.compiler.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Expression.BinaryOperator;
import org.descentlang.compiler.ast.Expression.UnaryOperator;
import org.descentlang.compiler.ast.Statement;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.grammar.DescentLexer;
import org.descentlang.grammar.DescentParser.ArrayContext;
import org.descentlang.grammar.DescentParser.BinaryContext;
import org.descentlang.grammar.DescentParser.BindingContext;
import org.descentlang.grammar.DescentParser.CallContext;
import org.descentlang.grammar.DescentParser.CompareContext;
import org.descentlang.grammar.DescentParser.ComparisonContext;
import org.descentlang.grammar.DescentParser.ExpressionContext;
import org.descentlang.grammar.DescentParser.ExpressionsContext;
import org.descentlang.grammar.DescentParser.IndexContext;
import org.descentlang.grammar.DescentParser.MemberContext;
import org.descentlang.grammar.DescentParser.NumberContext;
import org.descentlang.grammar.DescentParser.ParenthesizedContext;
import org.descentlang.grammar.DescentParser.PathContext;
import org.descentlang.grammar.DescentParser.PipeContext;
import org.descentlang.grammar.DescentParser.PrimaryExpressionContext;
import org.descentlang.grammar.DescentParser.ReferenceContext;
import org.descentlang.grammar.DescentParser.ScanContext;
import org.descentlang.grammar.DescentParser.TextContext;
import org.descentlang.grammar.DescentParser.ThenContext;
import org.descentlang.grammar.DescentParser.TruthContext;
import org.descentlang.grammar.DescentParser.UnaryContext;
import org.descentlang.grammar.DescentParserBaseVisitor;
import org.jspecify.annotations.Nullable;

/** ANTLR's trees of expressions to ours. */
final class ExpressionBuilder extends DescentParserBaseVisitor<Expression> {
    private final Problems problems;
    private final Literals literals;
    private final StatementBuilder statements;
    private final ArgumentBuilder arguments;

    ExpressionBuilder(Problems problems, StatementBuilder statements) {
        this.problems = problems;
        this.literals = new Literals(problems);
        this.statements = statements;
        this.arguments = new ArgumentBuilder(this);
    }

    Expression build(ExpressionContext tree) {
        return tree.accept(this);
    }

    Optional<Expression> maybe(@Nullable ExpressionContext tree) {
        return Optional.ofNullable(tree).map(this::build);
    }

    /** Several expressions, separated by commas, are a tuple. */
    Expression build(ExpressionsContext tree) {
        return tupleOrOne(tree.expression(), tree);
    }

    List<Expression.Binding> bindings(List<BindingContext> trees) {
        return trees.stream()
                .map(tree -> new Expression.Binding(Places.name(tree.name()), build(tree.expression())))
                .toList();
    }

    ArgumentBuilder arguments() {
        return arguments;
    }

    Expression path(PathContext tree) {
        Expression.Path path = Places.path(tree);
        return path.parts().size() == 1 ? new Expression.Reference(path.parts().getFirst()) : path;
    }

    static BinaryOperator operator(ComparisonContext tree) {
        return operator(tree.getStart());
    }

    @Override
    public Expression visitPrimaryExpression(PrimaryExpressionContext tree) {
        return tree.primary().accept(this);
    }

    @Override
    public Expression visitNumber(NumberContext tree) {
        return literals.number(tree);
    }

    @Override
    public Expression visitText(TextContext tree) {
        return literals.text(tree.TEXT().getSymbol());
    }

    @Override
    public Expression visitTruth(TruthContext tree) {
        return new Expression.Truth(tree.TRUE() != null, Places.of(tree));
    }

    @Override
    public Expression visitReference(ReferenceContext tree) {
        return path(tree.path());
    }

    @Override
    public Expression visitParenthesized(ParenthesizedContext tree) {
        return tupleOrOne(tree.expression(), tree);
    }

    @Override
    public Expression visitArray(ArrayContext tree) {
        return new Expression.Array(all(tree.expression()), Places.of(tree));
    }

    @Override
    public Expression visitCall(CallContext tree) {
        return arguments.call(tree.name(), tree.arguments());
    }

    @Override
    public Expression visitPipe(PipeContext tree) {
        return arguments.pipe(build(tree.expression()), tree);
    }

    @Override
    public Expression visitIndex(IndexContext tree) {
        return new Expression.Index(build(tree.expression()), arguments.subscripts(tree.subscript()), Places.of(tree));
    }

    @Override
    public Expression visitUnary(UnaryContext tree) {
        UnaryOperator operator = tree.NOT() != null ? UnaryOperator.NOT : UnaryOperator.NEGATE;
        return new Expression.Unary(operator, build(tree.expression()), Places.of(tree));
    }

    @Override
    public Expression visitBinary(BinaryContext tree) {
        Token symbol = ((TerminalNode) tree.getChild(1)).getSymbol();
        return binary(operator(symbol), symbol, tree.expression(), tree);
    }

    @Override
    public Expression visitCompare(CompareContext tree) {
        Token symbol = tree.comparison().getStart();
        if (tree.expression(0) instanceof CompareContext) {
            problems.report(Problem.at(
                            Places.of(symbol),
                            Code.CHAINED_COMPARISON,
                            "a comparison cannot be compared with `" + symbol.getText() + "`")
                    .help("join two comparisons with `and`, or put one in parentheses"));
        }
        return binary(operator(symbol), symbol, tree.expression(), tree);
    }

    @Override
    public Expression visitThen(ThenContext tree) {
        return new Expression.Then(build(tree.expression(0)), build(tree.expression(1)), Places.of(tree));
    }

    @Override
    public Expression visitScan(ScanContext tree) {
        List<Statement> body = statements.block(tree.block());
        new TurnStatements(problems).check(body);
        return new Expression.Scan(
                tree.sequence().stream()
                        .map(sequence ->
                                new Expression.Binding(Places.name(sequence.name()), build(sequence.expression())))
                        .toList(),
                axis(tree),
                tree.BACKWARDS() != null,
                bindings(tree.binding()),
                body,
                Places.of(tree.SCAN().getSymbol()),
                Places.of(tree));
    }

    private Expression axis(ScanContext tree) {
        if (tree.name() != null) {
            return new Expression.Reference(Places.name(tree.name()));
        }
        Expression position = literals.position(tree.NUMBER().getSymbol());
        return tree.MINUS() == null
                ? position
                : new Expression.Unary(
                        UnaryOperator.NEGATE,
                        position,
                        Places.of(tree.MINUS().getSymbol()).to(position.span()));
    }

    @Override
    public Expression visitMember(MemberContext tree) {
        return new Expression.Member(build(tree.expression()), Places.name(tree.name()), Places.of(tree));
    }

    private Expression binary(
            BinaryOperator operator, Token symbol, List<ExpressionContext> sides, ParserRuleContext tree) {
        return new Expression.Binary(
                operator, build(sides.getFirst()), build(sides.getLast()), Places.of(symbol), Places.of(tree));
    }

    private Expression tupleOrOne(List<ExpressionContext> trees, ParserRuleContext whole) {
        return trees.size() == 1 ? build(trees.getFirst()) : new Expression.Tuple(all(trees), Places.of(whole));
    }

    private List<Expression> all(List<ExpressionContext> trees) {
        var expressions = new ArrayList<Expression>(trees.size());
        trees.forEach(tree -> expressions.add(build(tree)));
        return expressions;
    }

    private static BinaryOperator operator(Token symbol) {
        return switch (symbol.getType()) {
            case DescentLexer.PLUS -> BinaryOperator.ADD;
            case DescentLexer.MINUS -> BinaryOperator.SUBTRACT;
            case DescentLexer.STAR -> BinaryOperator.MULTIPLY;
            case DescentLexer.SLASH -> BinaryOperator.DIVIDE;
            case DescentLexer.MOD -> BinaryOperator.REMAINDER;
            case DescentLexer.CARET -> BinaryOperator.POWER;
            case DescentLexer.AT_SIGN -> BinaryOperator.MATRIX_PRODUCT;
            case DescentLexer.EQUAL -> BinaryOperator.EQUAL;
            case DescentLexer.NOT_EQUAL -> BinaryOperator.NOT_EQUAL;
            case DescentLexer.LESS -> BinaryOperator.LESS;
            case DescentLexer.LESS_OR_EQUAL -> BinaryOperator.LESS_OR_EQUAL;
            case DescentLexer.GREATER -> BinaryOperator.GREATER;
            case DescentLexer.GREATER_OR_EQUAL -> BinaryOperator.GREATER_OR_EQUAL;
            case DescentLexer.AND -> BinaryOperator.AND;
            case DescentLexer.OR -> BinaryOperator.OR;
            default -> throw new IllegalStateException("no operator: " + symbol.getText());
        };
    }
}
