package org.descentlang.compiler.emit.device;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import java.util.List;
import java.util.Optional;

/**
 * A static method that TornadoVM compiles; what it is handed is called like its parameters.
 *
 * @param product the matrix product that it computes, for devices with a library
 */
public record DeviceTask(MethodSpec method, Optional<CodeBlock> product) {
    public String name() {
        return method.name();
    }

    List<String> arguments() {
        return method.parameters().stream().map(ParameterSpec::name).toList();
    }
}
