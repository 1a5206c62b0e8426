package org.descentlang.compiler.parse;

import java.util.List;
import org.descentlang.compiler.ast.Statement;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;

/** Which statements the body of a scan may have. */
record TurnStatements(Problems problems) {
    void check(List<Statement> statements) {
        for (Statement statement : statements) {
            switch (statement) {
                case Statement.Let _, Statement.Assign _, Statement.Emit _, Statement.ParameterDeclaration _ -> {}
                case Statement.If branch -> {
                    check(branch.then());
                    check(branch.otherwise());
                }
                case Statement.For loop -> check(loop.body());
                case Statement.Return _ ->
                    problems.report(misplaced(statement, "a scan does not `return`")
                            .help("write `emit …` for what each turn leaves"));
                case Statement.RunningDeclaration _,
                        Statement.InputDeclaration _,
                        Statement.OutputDeclaration _,
                        Statement.StateDeclaration _,
                        Statement.GradientAt _,
                        Statement.ForParameters _,
                        Statement.Freeze _ ->
                    problems.report(misplaced(statement, "this does not belong in the body of a scan"));
            }
        }
    }

    private static Problem misplaced(Statement statement, String title) {
        return Problem.at(statement.span(), Code.MISPLACED, title);
    }
}
