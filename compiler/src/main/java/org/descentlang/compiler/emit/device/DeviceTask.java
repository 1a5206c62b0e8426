package org.descentlang.compiler.emit.device;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import java.util.List;
import java.util.Optional;

/**
 * A static method that TornadoVM compiles; what it is handed is called like its parameters.
 *
 * @param other what some devices run instead
 */
public record DeviceTask(MethodSpec method, Optional<Other> other) {
    public sealed interface Other {}

    /** A library, which is told what to multiply. */
    public record Library(CodeBlock product) implements Other {}

    /** A method for that many groups of threads. */
    public record Groups(MethodSpec method, int count) implements Other {}

    public String name() {
        return method.name();
    }

    /** Every method that the task may need. */
    public List<MethodSpec> methods() {
        return other.map(form -> switch (form) {
                    case Library _ -> List.of(method);
                    case Groups groups -> List.of(method, groups.method);
                })
                .orElse(List.of(method));
    }
}
