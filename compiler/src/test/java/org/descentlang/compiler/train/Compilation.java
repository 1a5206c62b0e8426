package org.descentlang.compiler.train;

import java.util.List;
import org.descentlang.compiler.check.Checker;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.lower.Overrides;
import org.descentlang.compiler.model.CheckedUnit;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.parse.Parser;
import org.descentlang.compiler.source.SourceFile;

/** A text, checked. */
record Compilation(CheckedUnit unit, List<Problem> problems) {
    static Compilation of(String text) {
        var problems = new Problems();
        var unit = Parser.parse(SourceFile.of("test.opt", text), problems);
        var checked = Checker.check(List.of(unit), Overrides.none(), problems);
        return new Compilation(checked.getFirst(), problems.sorted());
    }

    /** The only `train` of a text that must be right. */
    static TrainingSpec training(String text) {
        Compilation compilation = of(text);
        if (!compilation.problems().isEmpty()) {
            throw new AssertionError(compilation.messages() + " in\n" + text);
        }
        return compilation.unit().trainings().getFirst();
    }

    /** Problems as `line:column code title`. */
    List<String> messages() {
        return problems.stream()
                .map(problem -> problem.primary().span().line() + ":"
                        + problem.primary().span().column() + " "
                        + problem.code().id() + " " + problem.title())
                .toList();
    }
}
