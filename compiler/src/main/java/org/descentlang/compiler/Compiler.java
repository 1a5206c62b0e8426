package org.descentlang.compiler;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.descentlang.compiler.ast.CompilationUnit;
import org.descentlang.compiler.check.Checker;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.compiler.emit.ClassClashes;
import org.descentlang.compiler.emit.JavaEmitter;
import org.descentlang.compiler.emit.JavaFile;
import org.descentlang.compiler.lower.Overrides;
import org.descentlang.compiler.model.CheckedUnit;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.compiler.source.Span;

/** The compiler's entry: `.opt` text to checked units and Java. No text makes it throw. */
public final class Compiler {
    /** More names than this in a message are not read. */
    private static final int MOST_LISTED = 20;

    private final CompilerOptions options;
    private final Overrides overrides;
    private final Problems problems = new Problems();
    private final Phases phases = new Phases();

    private Compiler(CompilerOptions options) {
        this.options = options;
        this.overrides = new Overrides(options.overrides());
    }

    /** Checks each file, with what it imports. */
    public static Compilation check(List<SourceFile> sources, CompilerOptions options) {
        var compiler = new Compiler(options);
        return DeepStack.run(() -> compiler.run(sources, units -> List.of()));
    }

    /** Checks each file, with what it imports, and makes Java of what it declares. */
    public static Compilation compile(List<SourceFile> sources, CompilerOptions options) {
        var compiler = new Compiler(options);
        return DeepStack.run(() -> compiler.run(sources, compiler::java));
    }

    private Compilation run(List<SourceFile> sources, Function<List<CheckedUnit>, List<JavaFile>> target) {
        Optional<Throwable> failure = Optional.empty();
        List<CheckedUnit> units = List.of();
        List<JavaFile> files = List.of();
        try {
            var checked = check(sources);
            if (!problems.hasErrors()) {
                units = checked;
                files = target.apply(checked);
            }
        } catch (RuntimeException | StackOverflowError e) {
            failure = Optional.of(e);
            report(e, sources);
        }
        return new Compilation(problems.sorted(), units, files, phases.timings(), failure);
    }

    private List<CheckedUnit> check(List<SourceFile> files) {
        var sources = new Sources(options.imports(), problems);
        var closures =
                phases.run("parse", () -> files.stream().map(sources::closure).toList());
        var units = phases.run(
                "check", () -> closures.stream().map(this::checkFirst).toList());
        reportUnknownOverrides();
        if (!problems.hasErrors()) {
            ClassClashes.report(units, problems);
        }
        return units;
    }

    /** @param closure a file, then what it imports */
    private CheckedUnit checkFirst(List<CompilationUnit> closure) {
        return Checker.check(closure, overrides, problems, options.training()).getFirst();
    }

    private List<JavaFile> java(List<CheckedUnit> units) {
        var files = phases.run(
                "emit",
                () -> units.stream()
                        .flatMap(unit -> JavaEmitter.emit(unit, options.device(), problems).stream())
                        .filter(distinct())
                        .toList());
        return problems.hasErrors() ? List.of() : files;
    }

    /** A model that several files train is made once. */
    private static Predicate<JavaFile> distinct() {
        var paths = new HashSet<String>();
        return file -> paths.add(file.path() + file.vectorBits());
    }

    /** A number given for something that no file has; after errors, what there is to set is not known. */
    private void reportUnknownOverrides() {
        if (problems.hasErrors()) {
            return;
        }
        for (String path : overrides.unknown()) {
            var source = SourceFile.of("--set", path);
            String meant = Suggestion.didYouMean(path, overrides.known());
            problems.report(Problem.at(
                            new Span(source, 0, path.length()),
                            Code.UNKNOWN_OVERRIDE,
                            "there is no `" + path + "` to set" + meant)
                    .label(meant.isEmpty() ? settable() : ""));
        }
    }

    private String settable() {
        var known = overrides.known();
        return known.size() > MOST_LISTED
                ? "`descent describe` lists what can be set"
                : "there are `" + String.join("`, `", known) + "`";
    }

    /** After a mistake of the user's, that is what there is to say. */
    private void report(Throwable failure, List<SourceFile> sources) {
        if (!problems.hasErrors() && !sources.isEmpty()) {
            problems.report(Problem.at(
                    new Span(sources.getFirst(), 0, 0),
                    Code.INTERNAL,
                    "this is a bug in Descent: `" + phases.current() + "` failed with " + Failure.summary(failure)));
        }
    }
}
