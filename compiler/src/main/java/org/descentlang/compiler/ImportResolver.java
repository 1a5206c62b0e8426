package org.descentlang.compiler;

import org.descentlang.compiler.source.SourceFile;

/** Finds the text that `import "…"` names. The compiler itself reads no files. */
@FunctionalInterface
public interface ImportResolver {
    /** Nothing can be imported. */
    ImportResolver NONE = (importer, path) -> new Refused("there are no files to import from here");

    /** The file at {@code path}, relative to the importing file. The same file must always get the same name. */
    Import resolve(SourceFile importer, String path);

    sealed interface Import {}

    record Found(SourceFile source) implements Import {}

    /** @param reason continues the sentence "cannot import `x.opt`: …" */
    record Refused(String reason) implements Import {}
}
