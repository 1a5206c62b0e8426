package org.descentlang.compiler.emit;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import java.util.List;

/** A static method that TornadoVM compiles; what it is handed is called like its parameters. */
record DeviceTask(MethodSpec method) {
    String name() {
        return method.name();
    }

    List<String> arguments() {
        return method.parameters().stream().map(ParameterSpec::name).toList();
    }
}
