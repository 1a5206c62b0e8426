package org.descentlang.compiler;

import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.ast.CompilationUnit;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.emit.JavaFile;
import org.descentlang.compiler.model.CheckedUnit;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.compiler.source.Span;

/** The compiler's entry: `.opt` text to checked units and Java. No text makes it throw. */
public final class Compiler {
    private final CompilerOptions options;
    private final Problems problems = new Problems();
    private final Phases phases = new Phases();

    private Compiler(CompilerOptions options) {
        this.options = options;
    }

    /** Compiles each file for itself, with what it imports. */
    public static Compilation compile(List<SourceFile> sources, CompilerOptions options) {
        return new Compiler(options).compile(sources);
    }

    private Compilation compile(List<SourceFile> sources) {
        Optional<Throwable> failure = Optional.empty();
        List<CheckedUnit> units = List.of();
        List<JavaFile> files = List.of();
        try {
            phases.run("parse", () -> parse(sources));
        } catch (RuntimeException | StackOverflowError e) {
            failure = Optional.of(e);
            report(e, sources);
        }
        return new Compilation(problems.sorted(), units, files, phases.timings(), failure);
    }

    private List<List<CompilationUnit>> parse(List<SourceFile> files) {
        var sources = new Sources(options.imports(), problems);
        return files.stream().map(sources::closure).toList();
    }

    /** After a mistake of the user's, that is what there is to say. */
    private void report(Throwable failure, List<SourceFile> sources) {
        if (!problems.hasErrors() && !sources.isEmpty()) {
            problems.report(Problem.at(
                    new Span(sources.getFirst(), 0, 0),
                    Code.INTERNAL,
                    "this is a bug in Descent: `" + phases.current() + "` ended with " + Failure.summary(failure)));
        }
    }
}
