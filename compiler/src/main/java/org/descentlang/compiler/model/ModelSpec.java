package org.descentlang.compiler.model;

import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.source.Span;

/**
 * A model with its arguments in place.
 *
 * @param predict the model in inference mode: reads INPUT, PARAMETER, RUNNING, SCALAR; one RESULT an output
 * @param layers every use of a layer, for `describe`
 */
public record ModelSpec(
        String name,
        Optional<String> doc,
        List<Argument> arguments,
        List<Port> inputs,
        List<Port> outputs,
        List<ParameterSpec> parameters,
        List<RunningSpec> running,
        List<Hyperparameter> hyperparameters,
        List<LayerUse> layers,
        Program predict,
        Span span) {
    /** An argument in force: `hidden = 256`. */
    public record Argument(String name, String value, boolean defaulted) {}

    /**
     * A layer where it is used: `body.dense`, `dense(units = 256)`, its result's type.
     *
     * @param multiplyAdds of products and convolutions, for one example, with those of the layers in it
     */
    public record LayerUse(
            String path, String layer, List<Argument> arguments, String resultType, long multiplyAdds, Span span) {}
}
