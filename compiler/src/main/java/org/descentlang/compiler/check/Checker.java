package org.descentlang.compiler.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.descentlang.compiler.ast.CompilationUnit;
import org.descentlang.compiler.ast.CompilationUnit.PackageName;
import org.descentlang.compiler.ast.Declaration;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.ast.Declaration.Kind;
import org.descentlang.compiler.ast.TrainClause;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.lower.ModelLowering;
import org.descentlang.compiler.lower.Overrides;
import org.descentlang.compiler.lower.Registry;
import org.descentlang.compiler.lower.Session;
import org.descentlang.compiler.model.CheckedUnit;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.model.ModelSpec;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.names.Declarations;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.train.DataLowering;
import org.descentlang.compiler.train.TrainingLowering;

/** Parsed files to what they mean. */
public final class Checker {
    /** What a declaration that could not be read leaves behind: problems that would be echoes of it. */
    private static final Set<Code> ECHOES =
            Set.of(Code.UNKNOWN_NAME, Code.WRONG_KIND, Code.MISSING_CLAUSE, Code.UNMATCHED_SELECTOR, Code.NO_RESULT);

    private static final String SYNTAX = "D0";

    private final List<CompilationUnit> units;
    private final Declarations declarations;
    private final Session session;
    private final Problems problems;
    private final List<Span> damaged;
    private final Predicate<Declaration> needed;
    private final Map<String, Optional<DataSpec>> data = new HashMap<>();

    private Checker(
            List<CompilationUnit> units,
            Overrides overrides,
            Problems problems,
            List<Span> damaged,
            Predicate<Declaration> needed) {
        this.needed = needed;
        this.units = units;
        this.declarations = Declarations.of(StandardLibrary.units(), units, problems);
        this.session = new Session(declarations, overrides, problems);
        this.problems = problems;
        this.damaged = damaged;
    }

    /**
     * Every file with what it declares; only what is right is in it, the rest has its problems reported.
     *
     * @param problems those of parsing; those of checking are added
     */
    public static List<CheckedUnit> check(List<CompilationUnit> units, Overrides overrides, Problems problems) {
        return check(units, overrides, problems, Optional.empty());
    }

    /**
     * The same for one `train` and what it needs, if the files have it: mistakes elsewhere are no concern of its.
     *
     * @param train its name
     */
    public static List<CheckedUnit> check(
            List<CompilationUnit> units, Overrides overrides, Problems problems, Optional<String> train) {
        Predicate<Declaration> needed = Needs.of(train, units);
        problems.retain(Needs.concerned(needed, units));
        List<SourceFile> sources = units.stream().map(CompilationUnit::source).toList();
        List<Span> damaged = problems.sorted().stream()
                .filter(problem -> problem.code().id().startsWith(SYNTAX))
                .map(problem -> problem.primary().span())
                .filter(span -> sources.contains(span.source()))
                .toList();
        var found = new Problems();
        var checked = new Checker(units, overrides, found, damaged, needed).check();
        found.retain(Needs.concerned(needed, units));
        for (Problem problem : found.sorted()) {
            if (damaged.isEmpty() || !ECHOES.contains(problem.code()) || !isEcho(problem, damaged, units)) {
                problems.report(problem);
            }
        }
        return checked;
    }

    /**
     * Whether the declaration around a problem mentions one that could not be read; what has lost its name, any may.
     */
    private static boolean isEcho(Problem problem, List<Span> damaged, List<CompilationUnit> units) {
        List<Declaration> all =
                units.stream().flatMap(unit -> unit.declarations().stream()).toList();
        boolean lost =
                damaged.stream().anyMatch(place -> all.stream().noneMatch(declaration -> around(declaration, place)));
        List<Declaration> broken = all.stream()
                .filter(declaration -> damaged.stream().anyMatch(place -> around(declaration, place)))
                .toList();
        return lost
                || all.stream()
                        .filter(declaration ->
                                around(declaration, problem.primary().span()))
                        .anyMatch(declaration -> broken.stream().anyMatch(Needs.of(declaration, units)));
    }

    private static boolean around(Declaration declaration, Span place) {
        Span whole = declaration.span();
        return whole.source() == place.source() && place.start() >= whole.start() && place.start() <= whole.end();
    }

    private List<CheckedUnit> check() {
        List<CheckedUnit> checked = units.stream().map(this::check).toList();
        Definitions.check(definitions(), declarations, problems);
        return checked;
    }

    private List<Definition> definitions() {
        return units.stream()
                .flatMap(unit -> unit.declarations().stream())
                .filter(Definition.class::isInstance)
                .map(Definition.class::cast)
                .filter(this::isChecked)
                .toList();
    }

    private CheckedUnit check(CompilationUnit unit) {
        var sources = new ArrayList<DataSpec>();
        var trainings = new ArrayList<TrainingSpec>();
        for (Declaration declaration : unit.declarations()) {
            if (!isChecked(declaration)) {
                continue;
            }
            switch (declaration) {
                case Declaration.Data source -> data(source.name().text()).ifPresent(sources::add);
                case Declaration.Train train ->
                    new TrainingLowering(train, session, this::data).lower().ifPresent(trainings::add);
                case Definition _ -> {}
            }
        }
        return new CheckedUnit(
                unit.packageName().map(PackageName::text).orElse(""),
                unit.source().shortName(),
                sources,
                models(unit),
                trainings);
    }

    /** Models that no `train` gives arguments to. */
    private List<ModelSpec> models(CompilationUnit unit) {
        Set<String> used = new HashSet<>();
        for (Declaration.Train train : declarations.trainings()) {
            train.clauses().stream()
                    .filter(TrainClause.Model.class::isInstance)
                    .map(TrainClause.Model.class::cast)
                    .forEach(clause -> used.add(clause.model().callee().text()));
        }
        var models = new ArrayList<ModelSpec>();
        for (Declaration declaration : unit.declarations()) {
            if (declaration instanceof Definition definition
                    && definition.kind() == Kind.MODEL
                    && isChecked(definition)
                    && !used.contains(definition.name().text())) {
                ModelLowering.specify(session, new Registry(), definition, Optional.empty())
                        .ifPresent(models::add);
            }
        }
        return models;
    }

    private Optional<DataSpec> data(String name) {
        return data.computeIfAbsent(
                name,
                _ -> declarations
                        .data(name)
                        .filter(declaration -> !isDamaged(declaration))
                        .flatMap(declaration -> DataLowering.lower(declaration, trainings(), session)));
    }

    private List<Declaration.Train> trainings() {
        return declarations.trainings().stream().filter(needed).toList();
    }

    private boolean isChecked(Declaration declaration) {
        return needed.test(declaration) && !isDamaged(declaration);
    }

    private boolean isDamaged(Declaration declaration) {
        return damaged.stream().anyMatch(place -> around(declaration, place));
    }
}
