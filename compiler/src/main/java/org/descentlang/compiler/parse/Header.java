package org.descentlang.compiler.parse;

import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.ast.CompilationUnit.Import;
import org.descentlang.compiler.ast.CompilationUnit.PackageName;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.source.Span;
import org.descentlang.grammar.DescentParser.HeaderContext;
import org.descentlang.grammar.DescentParser.PackageClauseContext;
import org.descentlang.grammar.DescentParser.PackagePartContext;

/** What stands before the declarations. */
record Header(Optional<PackageName> packageName, List<Import> imports) {
    static Header of(HeaderContext tree, Problems problems) {
        if (tree.exception != null) {
            return new Header(Optional.empty(), List.of());
        }
        var imports = tree.importClause().stream()
                .map(clause ->
                        new Import(new Literals(problems).text(clause.TEXT().getSymbol())))
                .toList();
        return new Header(
                Optional.ofNullable(tree.packageClause()).map(clause -> packageName(clause, problems)), imports);
    }

    private static PackageName packageName(PackageClauseContext tree, Problems problems) {
        var name = new PackageName(
                tree.packagePart().stream().map(part -> part(part, problems)).toList());
        PackageNames.owner(name.text()).ifPresent(owner -> problems.report(taken(name, owner)));
        return name;
    }

    private static Problem taken(PackageName name, String owner) {
        Span span = name.parts().getFirst().span().to(name.parts().getLast().span());
        String whose = owner.equals("org.descentlang")
                ? "Descent itself"
                : "the JDK or a library, like all of `" + owner + "`";
        return Problem.at(span, Code.PACKAGE_NAME, "the package `" + name.text() + "` belongs to " + whose)
                .help("choose a package of your own, for example `models."
                        + name.parts().getLast() + "`");
    }

    /** A part as written, not in a name's canonical spelling: it names a Java package and a folder. */
    private static Name part(PackagePartContext tree, Problems problems) {
        Span span = Places.of(tree);
        PackageNames.refusal(span.text())
                .ifPresent(reason -> problems.report(Problem.at(
                                span, Code.PACKAGE_NAME, "`" + span.text() + "` cannot be part of a package: " + reason)
                        .help("choose another name, for example `" + span.text() + "_`")));
        return new Name(span.text(), span);
    }
}
