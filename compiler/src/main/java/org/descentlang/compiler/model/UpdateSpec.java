package org.descentlang.compiler.model;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.descentlang.compiler.ir.Program;

/**
 * Clipping and the update rule.
 *
 * @param program reads PARAMETER, GRADIENT, STATE by group and SCALAR hyperparameters and `t` (1 at the first update); writes
 *     PARAMETER and STATE
 * @param lookAhead for `gradient at …`: reads PARAMETER, STATE and SCALAR, writes PARAMETER where the gradient is taken; the
 *     parameters themselves are unchanged
 * @param frozen parameters that nothing changes
 * @param clips and {@code optimizer}: the rules that run, for `describe`
 * @param equations of the optimizer as written, for `describe`
 */
public record UpdateSpec(
        List<UpdateGroup> groups,
        List<StateSpec> states,
        Program program,
        Optional<Program> lookAhead,
        List<ParameterSpec> frozen,
        List<Rule> clips,
        Rule optimizer,
        String equations) {
    /** The same with other programs. */
    public UpdateSpec mapPrograms(UnaryOperator<Program> change) {
        return new UpdateSpec(
                groups, states, change.apply(program), lookAhead.map(change), frozen, clips, optimizer, equations);
    }

    /** @param choices arguments that are settled when compiling; the others are hyperparameters */
    public record Rule(String name, List<ModelSpec.Argument> choices) {}
}
