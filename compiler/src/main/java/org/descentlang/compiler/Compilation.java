package org.descentlang.compiler;

import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Severity;
import org.descentlang.compiler.emit.JavaFile;
import org.descentlang.compiler.model.CheckedUnit;

/**
 * What came of compiling.
 *
 * @param problems all of them, by file and place
 * @param units the files that were asked for; empty if there is an error
 * @param javaFiles what was made of them; empty if there is an error
 * @param failure what a bug in Descent threw; `problems` has an error then
 */
public record Compilation(
        List<Problem> problems,
        List<CheckedUnit> units,
        List<JavaFile> javaFiles,
        List<PhaseTiming> timings,
        Optional<Throwable> failure) {
    public boolean hasErrors() {
        return problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
    }
}
