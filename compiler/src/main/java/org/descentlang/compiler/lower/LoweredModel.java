package org.descentlang.compiler.lower;

import java.util.List;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.model.ModelSpec;
import org.descentlang.compiler.model.Port;

/**
 * A model whose operations stand in a program.
 *
 * @param scope its inputs, outputs and everything between by name, for what is computed from them
 */
public record LoweredModel(
        Definition definition, Scope scope, List<ModelSpec.Argument> arguments, List<Port> inputs, List<Port> outputs) {
    /** The scope of a clause that sees the model: what it names is named below {@code path}. */
    public Scope clause(String path) {
        Scope clause = scope.copy();
        clause.place(new Place(path));
        clause.seeWholeModel();
        return clause;
    }
}
