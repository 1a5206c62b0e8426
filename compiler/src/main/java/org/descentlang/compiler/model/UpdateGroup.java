package org.descentlang.compiler.model;

import java.util.List;

/**
 * Parameters that one instance of the update rule serves, laid out one after another without gaps, so that the rule is
 * one pass over memory. A rule that reduces over each parameter (`norm(θ)`) has a group per parameter.
 *
 * @param name what PARAMETER, GRADIENT and STATE reads of the update program call it
 */
public record UpdateGroup(String name, List<ParameterSpec> parameters) {
    /** The name of all trained parameters as one group. */
    public static final String ALL = "*";

    public long count() {
        return parameters.stream().mapToLong(ParameterSpec::count).sum();
    }
}
