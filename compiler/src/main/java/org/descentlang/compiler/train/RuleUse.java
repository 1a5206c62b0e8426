package org.descentlang.compiler.train;

import java.util.Map;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.lower.Value;
import org.descentlang.compiler.model.UpdateSpec;
import org.descentlang.compiler.source.Span;

/**
 * An optimizer or clip with its arguments.
 *
 * @param numbers arguments that kernels read, so that they may change between steps
 * @param choices arguments that are settled at compile time: `eps_in_root = true`
 */
record RuleUse(Definition definition, Span span, Map<String, Setting> numbers, Map<String, Value.Given> choices) {
    /** As `describe` shows it. */
    UpdateSpec.Rule described() {
        return new UpdateSpec.Rule(
                definition.name().text(),
                choices.entrySet().stream()
                        .map(choice -> choice.getValue().named(choice.getKey()))
                        .toList());
    }
}
