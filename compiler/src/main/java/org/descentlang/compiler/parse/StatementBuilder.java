package org.descentlang.compiler.parse;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.ast.Statement;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.grammar.DescentLexer;
import org.descentlang.grammar.DescentParser.BlockContext;
import org.descentlang.grammar.DescentParser.EmitStatementContext;
import org.descentlang.grammar.DescentParser.ForStatementContext;
import org.descentlang.grammar.DescentParser.FreezeSettingContext;
import org.descentlang.grammar.DescentParser.GradientStatementContext;
import org.descentlang.grammar.DescentParser.GroupSettingContext;
import org.descentlang.grammar.DescentParser.IfStatementContext;
import org.descentlang.grammar.DescentParser.InputStatementContext;
import org.descentlang.grammar.DescentParser.LetStatementContext;
import org.descentlang.grammar.DescentParser.OutputStatementContext;
import org.descentlang.grammar.DescentParser.ParameterStatementContext;
import org.descentlang.grammar.DescentParser.ReturnStatementContext;
import org.descentlang.grammar.DescentParser.RoleContext;
import org.descentlang.grammar.DescentParser.RunningStatementContext;
import org.descentlang.grammar.DescentParser.SelectorsContext;
import org.descentlang.grammar.DescentParser.SettingStatementContext;
import org.descentlang.grammar.DescentParser.SettingsContext;
import org.descentlang.grammar.DescentParser.StateStatementContext;
import org.descentlang.grammar.DescentParserBaseVisitor;
import org.jspecify.annotations.Nullable;

/** ANTLR's trees of statements to ours. Statements with a mistake in them, which was reported, are left out. */
final class StatementBuilder extends DescentParserBaseVisitor<Statement> {
    private final ExpressionBuilder expressions;
    private final TypeBuilder types;

    StatementBuilder(Problems problems) {
        this.expressions = new ExpressionBuilder(problems, this);
        this.types = new TypeBuilder(expressions);
    }

    ExpressionBuilder expressions() {
        return expressions;
    }

    TypeBuilder types() {
        return types;
    }

    List<Statement> block(BlockContext tree) {
        return sound(tree.statement());
    }

    List<Statement> settings(@Nullable SettingsContext tree) {
        return tree == null ? List.of() : sound(tree.setting());
    }

    @Override
    public Statement visitParameterStatement(ParameterStatementContext tree) {
        return new Statement.ParameterDeclaration(
                role(tree.role()),
                Places.name(tree.name()),
                types.build(tree.type()),
                expressions.maybe(tree.expression()),
                doc(tree),
                Places.of(tree));
    }

    @Override
    public Statement visitRunningStatement(RunningStatementContext tree) {
        return new Statement.RunningDeclaration(
                Places.name(tree.name()),
                types.build(tree.type()),
                expressions.build(tree.expression()),
                doc(tree),
                Places.of(tree));
    }

    @Override
    public Statement visitInputStatement(InputStatementContext tree) {
        return new Statement.InputDeclaration(
                Places.name(tree.name()), types.build(tree.type()), doc(tree), Places.of(tree));
    }

    @Override
    public Statement visitOutputStatement(OutputStatementContext tree) {
        return new Statement.OutputDeclaration(
                Places.name(tree.name()),
                types.maybe(tree.type()),
                expressions.build(tree.expression()),
                doc(tree),
                Places.of(tree));
    }

    @Override
    public Statement visitReturnStatement(ReturnStatementContext tree) {
        return new Statement.Return(expressions.build(tree.expressions()), Places.of(tree));
    }

    @Override
    public Statement visitEmitStatement(EmitStatementContext tree) {
        return new Statement.Emit(expressions.build(tree.expressions()), Places.of(tree));
    }

    /** `else if` is an `if` inside `else`; built from the last branch to the first. */
    @Override
    public Statement visitIfStatement(IfStatementContext tree) {
        int branches = tree.expression().size();
        boolean hasElse = tree.block().size() > branches;
        List<Statement> otherwise = hasElse ? block(tree.block().getLast()) : List.of();
        for (int i = branches - 1; i > 0; i--) {
            otherwise = List.of(branch(tree, i, otherwise));
        }
        return branch(tree, 0, otherwise);
    }

    private Statement branch(IfStatementContext tree, int index, List<Statement> otherwise) {
        var span = Places.of(tree.IF(index).getSymbol()).to(Places.of(tree));
        return new Statement.If(
                expressions.build(tree.expression(index)),
                block(tree.block(index)),
                otherwise,
                index == 0 ? Places.of(tree) : span);
    }

    @Override
    public Statement visitForStatement(ForStatementContext tree) {
        return new Statement.For(
                Places.name(tree.name()),
                expressions.build(tree.expression(0)),
                expressions.build(tree.expression(1)),
                block(tree.block()),
                Places.of(tree));
    }

    @Override
    public Statement visitStateStatement(StateStatementContext tree) {
        return new Statement.StateDeclaration(expressions.bindings(tree.binding()), Places.of(tree));
    }

    @Override
    public Statement visitGradientStatement(GradientStatementContext tree) {
        return new Statement.GradientAt(expressions.build(tree.expression()), Places.of(tree));
    }

    @Override
    public Statement visitSettingStatement(SettingStatementContext tree) {
        return tree.setting().accept(this);
    }

    @Override
    public Statement visitGroupSetting(GroupSettingContext tree) {
        return new Statement.ForParameters(
                selectors(tree.selectors()), expressions.bindings(tree.binding()), Places.of(tree));
    }

    @Override
    public Statement visitFreezeSetting(FreezeSettingContext tree) {
        return new Statement.Freeze(selectors(tree.selectors()), Places.of(tree));
    }

    @Override
    public Statement visitLetStatement(LetStatementContext tree) {
        List<Name> names = tree.name().stream().map(Places::name).toList();
        Expression value = expressions.build(tree.expression());
        return tree.ARROW() == null
                ? new Statement.Let(names, value, Places.of(tree))
                : new Statement.Assign(names.getFirst(), value, Places.of(tree));
    }

    private List<Statement> sound(List<? extends ParserRuleContext> trees) {
        return trees.stream()
                .filter(StatementBuilder::isSound)
                .map(tree -> tree.accept(this))
                .toList();
    }

    private static boolean isSound(ParserRuleContext tree) {
        return tree.exception == null
                && !(tree instanceof SettingStatementContext statement && statement.setting().exception != null);
    }

    private static List<Statement.Selector> selectors(SelectorsContext tree) {
        return tree.selector().stream()
                .map(selector -> new Statement.Selector(selector.getText(), Places.of(selector)))
                .toList();
    }

    private static Statement.Role role(RoleContext tree) {
        return switch (tree.getStart().getType()) {
            case DescentLexer.WEIGHT -> Statement.Role.WEIGHT;
            case DescentLexer.BIAS -> Statement.Role.BIAS;
            case DescentLexer.GAIN -> Statement.Role.GAIN;
            default -> Statement.Role.EMBEDDING;
        };
    }

    private static Optional<String> doc(ParserRuleContext tree) {
        return ((Word) tree.getStart()).doc();
    }
}
