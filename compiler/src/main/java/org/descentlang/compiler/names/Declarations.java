package org.descentlang.compiler.names;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.descentlang.compiler.ast.CompilationUnit;
import org.descentlang.compiler.ast.Declaration;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.ast.Declaration.Kind;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;

/**
 * All declarations in force, by kind and name: a loss and a metric may share a name. A user's declaration hides those
 * of the standard library that have its name; the library itself goes on to use its own.
 */
public final class Declarations {
    private final Map<Kind, Map<String, Definition>> definitions = new EnumMap<>(Kind.class);
    private final Map<Kind, Map<String, Definition>> library = new EnumMap<>(Kind.class);
    private final Map<String, Declaration.Data> data = new LinkedHashMap<>();
    private final Map<String, Declaration.Train> trainings = new LinkedHashMap<>();

    private Declarations() {
        for (Kind kind : Kind.values()) {
            definitions.put(kind, new LinkedHashMap<>());
            library.put(kind, new LinkedHashMap<>());
        }
    }

    /** @param problems gets every name that a user declares twice */
    public static Declarations of(List<CompilationUnit> library, List<CompilationUnit> user, Problems problems) {
        var declarations = new Declarations();
        for (var unit : library) {
            unit.declarations().forEach(declarations::put);
        }
        declarations.definitions.forEach((kind, byName) -> declarations.library.put(kind, new LinkedHashMap<>(byName)));
        for (var unit : user) {
            unit.declarations().forEach(d -> declarations.put(d, problems));
        }
        return declarations;
    }

    public Optional<Definition> definition(Kind kind, String name) {
        return Optional.ofNullable(of(kind).get(name));
    }

    /**
     * What a name means where it stands: the user's own definitions come before those of the library, then the kinds in
     * their order.
     */
    public Optional<Definition> definition(List<Kind> kinds, Name name) {
        Optional<Definition> own = name.span().source().isLibrary()
                ? Optional.empty()
                : first(
                        kinds,
                        name,
                        definitions,
                        definition -> !definition.span().source().isLibrary());
        return own.or(() -> first(kinds, name, library, _ -> true));
    }

    private static Optional<Definition> first(
            List<Kind> kinds, Name name, Map<Kind, Map<String, Definition>> among, Predicate<Definition> wanted) {
        return kinds.stream()
                .flatMap(kind ->
                        Stream.ofNullable(among.getOrDefault(kind, Map.of()).get(name.text())))
                .filter(wanted)
                .findFirst();
    }

    /** All definitions of a kind, the library's first, then in the order of the text. */
    public List<Definition> definitions(Kind kind) {
        return List.copyOf(of(kind).values());
    }

    public Set<String> names(Kind kind) {
        return of(kind).keySet();
    }

    /** A set of the caller's own. */
    public Set<String> names(List<Kind> kinds) {
        var names = new LinkedHashSet<String>();
        kinds.forEach(kind -> names.addAll(names(kind)));
        return names;
    }

    public Optional<Declaration.Data> data(String name) {
        return Optional.ofNullable(data.get(name));
    }

    public List<Declaration.Data> data() {
        return new ArrayList<>(data.values());
    }

    public List<Declaration.Train> trainings() {
        return new ArrayList<>(trainings.values());
    }

    private Map<String, Definition> of(Kind kind) {
        return definitions.getOrDefault(kind, Map.of());
    }

    private void put(Declaration declaration, Problems problems) {
        Optional<Declaration> earlier = put(declaration);
        earlier.filter(e -> !e.span().source().isLibrary())
                .ifPresent(e -> problems.report(Problem.at(
                                declaration.name().span(),
                                Code.DUPLICATE_NAME,
                                "`" + declaration.name() + "` is declared twice")
                        .also(e.name().span(), "first declared here")));
    }

    private Optional<Declaration> put(Declaration declaration) {
        String name = declaration.name().text();
        return switch (declaration) {
            case Definition definition ->
                Optional.ofNullable(of(definition.kind()).put(name, definition));
            case Declaration.Data source -> Optional.ofNullable(data.put(name, source));
            case Declaration.Train train -> Optional.ofNullable(trainings.put(name, train));
        };
    }
}
