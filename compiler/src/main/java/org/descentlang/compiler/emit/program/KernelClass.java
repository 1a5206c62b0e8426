package org.descentlang.compiler.emit.program;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.kernel.KernelMethod;
import org.descentlang.compiler.emit.kernel.Strided;
import org.descentlang.compiler.emit.kernel.VectorText;
import org.descentlang.compiler.emit.kernel.VectorTurns;
import org.descentlang.compiler.emit.text.RuntimeNames;

/**
 * The kernels of a step or a prediction: a class of plain loops and, for each length of vector that machines have, a
 * subclass that overrides those with a vector form. Both give the same bits; the runtime chooses.
 *
 * @param user whose kernels they are
 * @param places the class with the names of places
 */
public record KernelClass(ClassName name, ClassName user, ClassName places, List<ProgramMethods> programs) {
    /** Of vectors that there are kernels for. */
    public static final List<Integer> VECTOR_BITS = List.of(512, 256, 128);

    public TypeSpec plain() {
        return TypeSpec.classBuilder(name)
                .addSuperinterface(places)
                .addJavadoc("The kernels of {@link $T}, each with the lines that it computes.\n", user)
                .addJavadoc("{@code lanes} and {@code sums} are scratch memory for one call:\n")
                .addJavadoc("partial sums, and intermediate values of the vector forms.\n")
                .addMethods(methods(programs.stream().map(ProgramMethods::kernelMethods)))
                .build();
    }

    /** Whether any kernel has a vector form. */
    public boolean hasVectors() {
        return programs.stream().anyMatch(ProgramMethods::hasVectors);
    }

    public TypeSpec vectors(int bits) {
        int lanes = bits / Float.SIZE;
        var kernels = programs.stream()
                .flatMap(program -> program.vectorMethods(lanes).stream())
                .toList();
        var turns = new VectorTurns(kernels);
        return TypeSpec.classBuilder(name.simpleName() + bits)
                .addModifiers(Modifier.FINAL)
                .superclass(name)
                .addJavadoc("{@link $T} with vectors of $L bits.\n", name, bits)
                .addField(species("FLOATS", TypeName.FLOAT, VectorText.FLOAT_VECTOR, bits))
                .addField(species("INTS", TypeName.INT, VectorText.INT_VECTOR, bits))
                .addField(species("DOUBLES", TypeName.DOUBLE, VectorText.DOUBLE_VECTOR, bits))
                .addField(upperFirst(lanes))
                .addFields(maps(kernels))
                .addFields(turns.fields())
                .addMethod(turns.constructor())
                .addMethods(turns.methods())
                .build();
    }

    private static FieldSpec upperFirst(int lanes) {
        TypeName type = ParameterizedTypeName.get(VectorText.VECTOR_SHUFFLE, TypeName.FLOAT.box());
        return FieldSpec.builder(type, VectorText.UPPER_FIRST, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer("$T.iota(FLOATS, $L, 1, true)", VectorText.VECTOR_SHUFFLE, lanes / 2)
                .build();
    }

    private static List<FieldSpec> maps(List<KernelMethod> kernels) {
        return kernels.stream()
                .flatMap(kernel -> kernel.maps().stream())
                .distinct()
                .sorted()
                .map(stride -> FieldSpec.builder(int[].class, Strided.map(stride))
                        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                        .initializer("$T.multiples($L)", RuntimeNames.LANES, stride)
                        .build())
                .toList();
    }

    private static List<MethodSpec> methods(Stream<List<MethodSpec>> methods) {
        return methods.flatMap(List::stream).toList();
    }

    private static FieldSpec species(String name, TypeName element, ClassName vector, int bits) {
        return FieldSpec.builder(VectorText.species(element), name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer("$T.SPECIES_$L", vector, bits)
                .build();
    }

    /** The field through which a step calls them. */
    public FieldSpec field() {
        return field("kernels", Modifier.FINAL);
    }

    /** The constant through which the predictions of a model call them: they decide on vectors together. */
    public FieldSpec constant() {
        return field("KERNELS", Modifier.STATIC, Modifier.FINAL);
    }

    private FieldSpec field(String field, Modifier... modifiers) {
        return FieldSpec.builder(name, field, modifiers)
                .initializer("$T.fastest(new $T(), $T.lookup())", RuntimeNames.KERNELS, name, MethodHandles.class)
                .build();
    }
}
