package org.descentlang.compiler.check;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.ast.Declaration.Kind;
import org.descentlang.compiler.ast.Statement;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.source.Span;

/** Which statements a body may have, and that it ends where it returns. */
final class Placement {
    private static final Set<Kind> RETURNING =
            EnumSet.of(Kind.FUNCTION, Kind.LAYER, Kind.LOSS, Kind.METRIC, Kind.SCHEDULE, Kind.INIT);

    private final Definition definition;
    private final Problems problems;

    private Placement(Definition definition, Problems problems) {
        this.definition = definition;
        this.problems = problems;
    }

    static void check(Definition definition, Problems problems) {
        var placement = new Placement(definition, problems);
        String kind = definition.kind().keyword();
        if (definition.direction().isPresent() && definition.kind() != Kind.METRIC) {
            problems.report(Problem.at(
                    definition.name().span(),
                    Code.MISPLACED,
                    "`%s` belongs to a metric, not to a %s"
                            .formatted(definition.direction().get().keyword(), kind)));
        }
        placement.block(definition.body());
        if (RETURNING.contains(definition.kind()) && !returns(definition.body())) {
            problems.report(Problem.at(
                    definition.name().span(), Code.NO_RESULT, "`" + definition.name() + "` does not always return"));
        }
    }

    private void block(List<Statement> statements) {
        for (int i = 0; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            if (i > 0 && statements.get(i - 1) instanceof Statement.Return) {
                problems.report(
                        Problem.at(statement.span(), Code.NO_RESULT, "statements after `return` are never reached"));
            }
            if (!belongs(statement)) {
                String title = statement instanceof Statement.Emit
                        ? "`emit` belongs in the body of a `scan`"
                        : "a " + kind() + " has no `" + word(statement) + "`";
                problems.report(Problem.at(start(statement.span()), Code.MISPLACED, title));
            }
            inner(statement);
        }
    }

    private void inner(Statement statement) {
        if (statement instanceof Statement.If branch) {
            block(branch.then());
            block(branch.otherwise());
        } else if (statement instanceof Statement.For loop) {
            block(loop.body());
        }
    }

    private String kind() {
        return definition.kind().keyword();
    }

    private boolean belongs(Statement statement) {
        Kind kind = definition.kind();
        return switch (statement) {
            case Statement.Let _, Statement.If _, Statement.For _ -> true;
            case Statement.Return _ -> RETURNING.contains(kind);
            case Statement.ParameterDeclaration _ -> kind == Kind.LAYER || kind == Kind.MODEL;
            case Statement.RunningDeclaration _ -> kind == Kind.LAYER || kind == Kind.MODEL;
            case Statement.Assign _ ->
                kind != Kind.FUNCTION
                        && kind != Kind.LOSS
                        && kind != Kind.METRIC
                        && kind != Kind.SCHEDULE
                        && kind != Kind.INIT;
            case Statement.InputDeclaration _, Statement.OutputDeclaration _ -> kind == Kind.MODEL;
            case Statement.StateDeclaration _, Statement.GradientAt _ -> kind == Kind.OPTIMIZER;
            case Statement.ForParameters _ -> kind == Kind.OPTIMIZER;
            case Statement.Freeze _, Statement.Emit _ -> false;
        };
    }

    private static String word(Statement statement) {
        return switch (statement) {
            case Statement.Let _ -> "=";
            case Statement.Assign _ -> "←";
            case Statement.ParameterDeclaration parameter -> parameter.role().keyword();
            case Statement.RunningDeclaration _ -> "running";
            case Statement.InputDeclaration _ -> "input";
            case Statement.OutputDeclaration _ -> "output";
            case Statement.Return _ -> "return";
            case Statement.If _ -> "if";
            case Statement.For _, Statement.ForParameters _ -> "for";
            case Statement.Emit _ -> "emit";
            case Statement.StateDeclaration _ -> "state";
            case Statement.GradientAt _ -> "gradient at";
            case Statement.Freeze _ -> "freeze";
        };
    }

    /** Whether every way through the statements meets a `return`. */
    private static boolean returns(List<Statement> statements) {
        return statements.stream().anyMatch(Placement::returns);
    }

    private static boolean returns(Statement statement) {
        return switch (statement) {
            case Statement.Return _ -> true;
            case Statement.If branch -> returns(branch.then()) && returns(branch.otherwise());
            case Statement.For loop -> returns(loop.body());
            case Statement.Let _,
                    Statement.Assign _,
                    Statement.ParameterDeclaration _,
                    Statement.RunningDeclaration _,
                    Statement.InputDeclaration _,
                    Statement.OutputDeclaration _,
                    Statement.Emit _,
                    Statement.StateDeclaration _,
                    Statement.GradientAt _,
                    Statement.ForParameters _,
                    Statement.Freeze _ -> false;
        };
    }

    /** The first line of a statement is enough to show. */
    private static Span start(Span span) {
        int end = span.text().indexOf('\n');
        return end < 0 ? span : new Span(span.source(), span.start(), span.start() + end);
    }
}
