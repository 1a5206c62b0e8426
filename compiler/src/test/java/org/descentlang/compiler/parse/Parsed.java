package org.descentlang.compiler.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.descentlang.compiler.ast.CompilationUnit;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.source.SourceFile;

/** A text with what the parser made of it. */
record Parsed(CompilationUnit unit, List<Problem> problems) {
    static Parsed of(String text) {
        var problems = new Problems();
        CompilationUnit unit = Parser.parse(SourceFile.of("test.opt", text), problems);
        return new Parsed(unit, problems.sorted());
    }

    /** Trees of a text that must have no mistake. */
    static CompilationUnit sound(String text) {
        Parsed parsed = of(text);
        assertThat(parsed.messages()).as(text).isEmpty();
        return parsed.unit();
    }

    /** `line:column code title`. */
    List<String> messages() {
        return problems.stream()
                .map(problem -> problem.primary().span().line() + ":"
                        + problem.primary().span().column() + " "
                        + problem.code().id() + " " + problem.title())
                .toList();
    }
}
