package org.descentlang.compiler.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.descentlang.compiler.ast.CompilationUnit;
import org.descentlang.compiler.ast.Declaration;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.source.Span;

/**
 * What one `train` needs of its files: the declarations whose names stand in its text, then in theirs, and so on. By
 * words and not by meaning, because a declaration with a mistake may have little meaning.
 */
final class Needs {
    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

    private final List<Declaration> all;
    private final Set<Span> needed = new HashSet<>();

    private Needs(List<Declaration> all) {
        this.all = all;
    }

    /** Everything, unless the files have that `train`. */
    static Predicate<Declaration> of(Optional<String> train, List<CompilationUnit> units) {
        List<Declaration> all =
                units.stream().flatMap(unit -> unit.declarations().stream()).toList();
        var named = all.stream()
                .filter(Declaration.Train.class::isInstance)
                .filter(declaration ->
                        train.equals(Optional.of(declaration.name().text())))
                .toList();
        return named.isEmpty() ? _ -> true : new Needs(all).from(named);
    }

    /** The declaration and what it needs. */
    static Predicate<Declaration> of(Declaration one, List<CompilationUnit> units) {
        List<Declaration> all =
                units.stream().flatMap(unit -> unit.declarations().stream()).toList();
        return new Needs(all).from(List.of(one));
    }

    /** Whether the problem is none of what stands in a declaration that is not needed. */
    static Predicate<Problem> concerned(Predicate<Declaration> needed, List<CompilationUnit> units) {
        List<Span> others = units.stream()
                .flatMap(unit -> unit.declarations().stream())
                .filter(needed.negate())
                .map(Declaration::span)
                .toList();
        return problem -> others.stream()
                .noneMatch(other -> other.contains(problem.primary().span()));
    }

    private Predicate<Declaration> from(List<Declaration> first) {
        var pending = new ArrayList<>(first);
        for (int i = 0; i < pending.size(); i++) {
            if (needed.add(pending.get(i).span())) {
                pending.addAll(mentioned(words(pending.get(i).span().text())));
            }
        }
        return declaration -> needed.contains(declaration.span());
    }

    private List<Declaration> mentioned(Set<String> words) {
        return all.stream()
                .filter(declaration -> !(declaration instanceof Declaration.Train))
                .filter(declaration -> words.contains(declaration.name().text()))
                .toList();
    }

    private static Set<String> words(String text) {
        return WORD.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(Name::canonical)
                .collect(Collectors.toSet());
    }
}
