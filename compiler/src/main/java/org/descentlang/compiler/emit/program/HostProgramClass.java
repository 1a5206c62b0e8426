package org.descentlang.compiler.emit.program;

import static org.descentlang.compiler.emit.text.RuntimeNames.HOST_PROGRAM;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * A program as a class of its own, which runs kernels over memory that it shares.
 *
 * @param memory the class of memory
 * @param kernels the class of kernels
 * @param places the class with the names of places
 */
public record HostProgramClass(
        ClassName name, ClassName memory, ClassName kernels, ClassName places, ProgramMethods methods) {
    /**
     * @param doc what it is for
     * @param kernelsOfMemory where memory has its kernels
     * @param capacity of memory
     * @param afterwards the last statements
     */
    public TypeSpec type(CodeBlock doc, String kernelsOfMemory, String capacity, List<CodeBlock> afterwards) {
        var type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.FINAL)
                .superclass(ParameterizedTypeName.get(HOST_PROGRAM, memory))
                .addSuperinterface(places)
                .addJavadoc("$L\n", doc);
        if (!methods.kernelMethods().isEmpty()) {
            type.addField(FieldSpec.builder(kernels, "kernels", Modifier.PRIVATE, Modifier.FINAL)
                    .initializer("$L", kernelsOfMemory)
                    .build());
        }
        var run = methods.addTo(type, "run", afterwards);
        type.addMethod(MethodSpec.constructorBuilder()
                .addParameter(memory, "memory")
                .addStatement("super(memory, $L)", capacity)
                .build());
        for (MethodSpec method : run) {
            type.addMethod(method.name().equals("run") ? overriding(method) : method);
        }
        return type.build();
    }

    private static MethodSpec overriding(MethodSpec method) {
        return MethodSpec.methodBuilder(method.name())
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .addCode(method.code())
                .build();
    }
}
