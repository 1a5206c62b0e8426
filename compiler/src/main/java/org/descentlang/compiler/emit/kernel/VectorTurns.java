package org.descentlang.compiler.emit.kernel;

import static org.descentlang.compiler.emit.text.RuntimeNames.KERNEL_TURNS;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * The methods of a class of vector kernels: each overrides a plain one with the choice between that and its vectors,
 * which are a method of their own.
 */
public record VectorTurns(List<KernelMethod> kernels) {
    public List<FieldSpec> fields() {
        return List.of(FieldSpec.builder(KERNEL_TURNS, "turns", Modifier.PRIVATE, Modifier.FINAL)
                .build());
    }

    public MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addJavadoc("@param always whether vectors are used even before HotSpot has compiled them\n")
                .addParameter(boolean.class, "always")
                .addStatement("turns = always ? $1T.ofVectors($2L) : new $1T($2L)", KERNEL_TURNS, kernels.size())
                .build();
    }

    public List<MethodSpec> methods() {
        var methods = new ArrayList<MethodSpec>();
        for (int number = 0; number < kernels.size(); number++) {
            methods.add(turn(kernels.get(number), number));
            methods.add(vectors(kernels.get(number).method()));
        }
        return methods;
    }

    private static MethodSpec vectors(MethodSpec method) {
        return method.toBuilder()
                .setName(vectorName(method))
                .returns(method.returnType())
                .addModifiers(Modifier.PRIVATE)
                .build();
    }

    private static String vectorName(MethodSpec method) {
        return method.name() + "Vectors";
    }

    private static MethodSpec turn(KernelMethod kernel, int number) {
        MethodSpec method = kernel.method();
        var body = CodeBlock.builder();
        if (isDivisible(kernel)) {
            body.beginControlFlow("for (int at = from, end; at < to; at = end)")
                    .addStatement("long turn = turns.begin($L)", number)
                    .addStatement("end = at + turns.portion($L, turn, to - at)", number)
                    .add(choice(kernel, "", "at", "end"))
                    .addStatement("turns.end($L, turn, $L)", number, work(kernel, "(end - at)"))
                    .endControlFlow();
        } else if (isVoid(kernel)) {
            body.addStatement("long turn = turns.begin($L)", number)
                    .add(choice(kernel, "", "from", "to"))
                    .addStatement("turns.end($L, turn, $L)", number, work(kernel, "(to - from)"));
        } else {
            body.addStatement("long turn = turns.begin($L)", number)
                    .addStatement("$T result", method.returnType())
                    .add(choice(kernel, "result = ", "from", "to"))
                    .addStatement("turns.end($L, turn, $L)", number, work(kernel, "(to - from)"))
                    .addStatement("return result");
        }
        return MethodSpec.methodBuilder(method.name())
                .addAnnotation(Override.class)
                .returns(method.returnType())
                .addParameters(method.parameters())
                .addCode(body.build())
                .build();
    }

    /** Whether a call may be two; not if it returns a sum, whose bits depend on where it is cut. */
    private static boolean isDivisible(KernelMethod kernel) {
        return isVoid(kernel) && kernel.split().isPresent();
    }

    private static boolean isVoid(KernelMethod kernel) {
        return kernel.method().returnType().equals(TypeName.VOID);
    }

    private static CodeBlock choice(KernelMethod kernel, String result, String from, String to) {
        String arguments = arguments(kernel, from, to);
        return CodeBlock.builder()
                .beginControlFlow("if ($T.isVectors(turn))", KERNEL_TURNS)
                .addStatement("$L$L($L)", result, vectorName(kernel.method()), arguments)
                .nextControlFlow("else")
                .addStatement("$Lsuper.$L($L)", result, kernel.name(), arguments)
                .endControlFlow()
                .build();
    }

    /** A kernel's own parameters, with other bounds if it has any. */
    private static String arguments(KernelMethod kernel, String from, String to) {
        return kernel.method().parameters().stream()
                .map(ParameterSpec::name)
                .map(name ->
                        kernel.split().isEmpty() ? name : name.equals("from") ? from : name.equals("to") ? to : name)
                .collect(Collectors.joining(", "));
    }

    /** What calls of different lengths are compared by. */
    private static String work(KernelMethod kernel, String turns) {
        var factors = new ArrayList<String>();
        if (kernel.rows()) {
            factors.add("(long) " + kernel.program() + "rows");
        }
        if (kernel.split().isPresent()) {
            factors.add(turns);
        }
        return factors.isEmpty() ? "1" : String.join(" * ", factors);
    }
}
