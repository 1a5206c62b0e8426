package org.descentlang.compiler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.descentlang.compiler.ast.CompilationUnit;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.parse.Parser;
import org.descentlang.compiler.source.SourceFile;

/** Parses files and what they import; every file once, and imports in a circle are fine. */
final class Sources {
    private final ImportResolver resolver;
    private final Problems problems;
    private final Map<String, CompilationUnit> parsed = new HashMap<>();
    private final Map<String, List<CompilationUnit>> imports = new HashMap<>();

    Sources(ImportResolver resolver, Problems problems) {
        this.resolver = resolver;
        this.problems = problems;
    }

    /** A file, first, and all that it imports, directly or not. */
    List<CompilationUnit> closure(SourceFile root) {
        var reached = new LinkedHashMap<String, CompilationUnit>();
        var pending = new ArrayList<CompilationUnit>();
        pending.add(parse(root));
        for (int i = 0; i < pending.size(); i++) {
            var unit = pending.get(i);
            if (reached.putIfAbsent(unit.source().name(), unit) == null) {
                pending.addAll(imports(unit));
            }
        }
        return List.copyOf(reached.values());
    }

    private CompilationUnit parse(SourceFile source) {
        var known = parsed.get(source.name());
        if (known != null) {
            return known;
        }
        var unit = Parser.parse(source, problems);
        parsed.put(source.name(), unit);
        return unit;
    }

    private List<CompilationUnit> imports(CompilationUnit unit) {
        var known = imports.get(unit.source().name());
        if (known != null) {
            return known;
        }
        var found = new ArrayList<CompilationUnit>();
        for (var imported : unit.imports()) {
            String path = imported.path().value();
            switch (resolver.resolve(unit.source(), path)) {
                case ImportResolver.Found(var source) -> found.add(parse(source));
                case ImportResolver.Refused(var reason) ->
                    problems.report(
                            Problem.at(imported.path().span(), Code.IMPORT, "cannot import `" + path + "`: " + reason));
            }
        }
        imports.put(unit.source().name(), found);
        return found;
    }
}
