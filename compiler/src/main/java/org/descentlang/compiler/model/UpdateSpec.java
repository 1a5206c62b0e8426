package org.descentlang.compiler.model;

import java.util.List;
import org.descentlang.description.ProgramRole;

/**
 * Clipping and the update rule, of which {@link ProgramRole#UPDATE} is made.
 *
 * @param frozen parameters that nothing changes
 * @param clips and {@code optimizer}: the rules that run, for `describe`
 * @param equations of the optimizer as written, for `describe`
 */
public record UpdateSpec(
        List<UpdateGroup> groups,
        List<StateSpec> states,
        List<ParameterSpec> frozen,
        List<Rule> clips,
        Rule optimizer,
        String equations) {
    /** @param choices arguments that are settled at compile time; the others are hyperparameters */
    public record Rule(String name, List<ModelSpec.Argument> choices) {}

    /** How many numbers are trained. */
    public long trainedCount() {
        return groups.stream().mapToLong(UpdateGroup::count).sum();
    }
}
