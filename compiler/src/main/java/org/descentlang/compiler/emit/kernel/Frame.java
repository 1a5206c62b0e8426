package org.descentlang.compiler.emit.kernel;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterSpec;
import java.util.Optional;

/**
 * Where a kernel and the program that calls it find memory and numbers. Kernels in a class of their own are handed
 * their program, which knows its memory; kernels that are methods of their program's class have both there.
 *
 * @param user the parameter by which a kernel is handed its program
 * @param program in front of what a kernel reads of its program
 * @param memory in front of what a kernel reads of memory
 * @param ownMemory in front of what the program reads of memory
 * @param receiver in front of the kernels that the program calls
 */
public record Frame(Optional<ParameterSpec> user, String program, String memory, String ownMemory, String receiver) {
    /** @param name of the program, by which kernels know it */
    public static Frame of(ClassName program, String name) {
        return new Frame(
                Optional.of(ParameterSpec.builder(program, name).build()),
                name + ".",
                name + ".memory.",
                "memory.",
                "kernels.");
    }

    /** Everything in one class. */
    public static Frame ofOneClass() {
        return new Frame(Optional.empty(), "this.", "this.", "", "");
    }
}
