package org.descentlang.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.descentlang.compiler.emit.kernel.KernelMethod.Split;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.plan.Slab;
import org.descentlang.compiler.type.ElementType;

/**
 * The parameters of a kernel's method, and the first lines, which put what it uses of its program and of memory into
 * variables: HotSpot need not look for it in a loop.
 *
 * @param values that it reads or writes in memory
 * @param hosts single numbers that it reads
 * @param rows whether it needs the current number of rows
 */
record KernelHead(
        Operands operands,
        SortedSet<Integer> values,
        SortedSet<Integer> hosts,
        boolean rows,
        Scratch scratch,
        Optional<Split> split) {
    /** More arguments than these nobody reads. */
    private static final int MOST_PARAMETERS = 8;

    KernelHead(
            Operands operands,
            Collection<Integer> values,
            Collection<Integer> hosts,
            boolean rows,
            Scratch scratch,
            Optional<Split> split) {
        this(operands, new TreeSet<>(values), new TreeSet<>(hosts), rows, scratch, split);
    }

    KernelMethod method(String name, TypeName returned, CodeBlock body, Set<Long> maps) {
        var method = MethodSpec.methodBuilder(name).returns(returned);
        operands.frame().user().ifPresent(method::addParameter);
        boolean together = parameterCount() > MOST_PARAMETERS;
        if (together) {
            method.addParameter(int[].class, "places");
        } else {
            operands.starts().values().forEach(start -> method.addParameter(int.class, start));
        }
        given().forEach(host -> method.addParameter(type(host), operands.scalar(host)));
        if (!scratch.isNone()) {
            method.addParameter(int.class, "part");
        }
        if (split.isPresent()) {
            method.addParameter(int.class, "from").addParameter(int.class, "to");
        }
        method.addCode(variables(together)).addCode(body);
        return new KernelMethod(
                method.build(),
                operands.frame().program(),
                operands.parameters(),
                together,
                given(),
                rows,
                scratch,
                split,
                maps);
    }

    private int parameterCount() {
        return 1 + operands.starts().size() + given().size() + (scratch.isNone() ? 0 : 1) + (split.isPresent() ? 2 : 0);
    }

    private List<Integer> given() {
        return hosts.stream().filter(operands.given()::contains).toList();
    }

    private TypeName type(int host) {
        return KernelWriter.type(element(host));
    }

    private ElementType element(int host) {
        return operands.plan().program().type(host).element();
    }

    private CodeBlock variables(boolean together) {
        var lines = CodeBlock.builder();
        var slabs = new TreeSet<>(values.stream().map(operands::slab).toList());
        String memory = operands.frame().memory();
        declare(lines, "float[]", slabs.stream().filter(Slab::isFloats).map(slab -> copy(slab.text(), memory)));
        declare(lines, "int[]", slabs.stream().filter(slab -> !slab.isFloats()).map(slab -> copy(slab.text(), memory)));
        if (together) {
            var starts = List.copyOf(operands.starts().values());
            declare(
                    lines,
                    "int",
                    starts.stream().map(start -> CodeBlock.of("$L = places[$L]", start, starts.indexOf(start))));
        }
        for (ElementType element : ElementType.values()) {
            declare(
                    lines,
                    KernelWriter.type(element).toString(),
                    hosts.stream()
                            .filter(host -> element(host) == element
                                    && !operands.given().contains(host))
                            .map(this::number));
        }
        String program = operands.frame().program();
        if (operands.needCapacity(values)) {
            lines.addStatement("int $L", copy("capacity", program));
        }
        if (rows) {
            lines.addStatement("int $L", copy("rows", program));
        }
        scratch.variables(memory).forEach(lines::addStatement);
        return lines.build();
    }

    private CodeBlock number(int host) {
        String cast = element(host) == ElementType.F32 ? "(float) " : "";
        String name = operands.scalar(host);
        return CodeBlock.of("$1L = $2L$3L$1L", name, cast, operands.frame().program());
    }

    private static CodeBlock copy(String name, String owner) {
        return CodeBlock.of("$1L = $2L$1L", name, owner);
    }

    private static void declare(CodeBlock.Builder lines, String type, java.util.stream.Stream<CodeBlock> variables) {
        var all = variables.toList();
        if (!all.isEmpty()) {
            lines.addStatement("$L $L", type, Positions.list(all));
        }
    }
}
