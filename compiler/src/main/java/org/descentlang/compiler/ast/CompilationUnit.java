package org.descentlang.compiler.ast;

import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.source.SourceFile;

/** One parsed file. Declarations that could not be parsed are missing; their problems were reported. */
public record CompilationUnit(
        SourceFile source, Optional<PackageName> packageName, List<Import> imports, List<Declaration> declarations) {
    /** `package samples.digits`. */
    public record PackageName(List<Name> parts) {
        public String text() {
            return String.join(".", parts.stream().map(Name::text).toList());
        }
    }

    /** `import "layers.opt"`: the declarations of another file, by a path relative to this one. */
    public record Import(Expression.Text path) {}
}
