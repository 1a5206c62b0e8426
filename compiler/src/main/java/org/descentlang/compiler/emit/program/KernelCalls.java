package org.descentlang.compiler.emit.program;

import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;
import org.descentlang.compiler.emit.kernel.KernelMethod;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Slab;
import org.descentlang.compiler.type.Dim;

/**
 * Calls of kernels: of the whole, of a thread's part, and of each in turns short enough for HotSpot to see many.
 *
 * @param receiver what kernels are called on, with a dot, or nothing
 */
record KernelCalls(Plan plan, String receiver, HostScalars scalars) {
    private static final int LARGEST_PART = 1 << 16;

    /**
     * One part a thread, but of a loop over millions of elements more: HotSpot compiles what is called often long
     * before it replaces a loop that runs.
     */
    static String parts(KernelMethod method) {
        Dim extent = method.split().map(KernelMethod.Split::extent).orElse(Dim.ONE);
        boolean huge = extent.isFixed() && extent.fixed() >= 16 * LARGEST_PART;
        return huge && method.scratch().isNone() ? Long.toString(extent.fixed() / LARGEST_PART) : "threads";
    }

    CodeBlock whole(KernelMethod method) {
        return method.split()
                .map(split -> calls(method, split, "0", "0", Positions.size(split.extent())))
                .orElseGet(() -> statement(call(method, "0", List.of())));
    }

    CodeBlock part(KernelMethod method, String parts) {
        var split = method.split().orElseThrow();
        return CodeBlock.builder()
                .addStatement("int end = $L", endOfPart(split, parts))
                .add(calls(method, split, "part", startOfPart(split, parts), "end"))
                .build();
    }

    /** From {@code start} to {@code end}, a few thousand elements a call. */
    private CodeBlock calls(KernelMethod method, KernelMethod.Split split, String part, String start, String end) {
        Dim most = plan.capacity().resolve(split.extent());
        if (most.isFixed() && most.fixed() <= split.turns()) {
            return statement(call(method, part, List.of(start, end)));
        }
        return CodeBlock.builder()
                .beginControlFlow("for (int from = $L, to; from < $L; from = to)", start, end)
                .addStatement("to = from + Math.min($L, $L - from)", split.turns(), end)
                .add(statement(call(method, part, List.of("from", "to"))))
                .endControlFlow()
                .build();
    }

    private static CodeBlock statement(CodeBlock expression) {
        return CodeBlock.builder().addStatement("$L", expression).build();
    }

    static String startOfPart(KernelMethod.Split split, String parts) {
        return "(int) ((long) part * " + Positions.size(split.extent()) + " / " + parts + ")";
    }

    static String endOfPart(KernelMethod.Split split, String parts) {
        return "(int) ((part + 1L) * " + Positions.size(split.extent()) + " / " + parts + ")";
    }

    /** @param part which part of the work it is: scratch memory is by that */
    private CodeBlock call(KernelMethod method, String part, List<String> range) {
        var arguments = new ArrayList<CodeBlock>();
        for (Slab slab : method.slabs()) {
            arguments.add(CodeBlock.of("$L", slab.text()));
            method.starts().stream()
                    .filter(start -> start.slab() == slab)
                    .forEach(start -> arguments.add(CodeBlock.of("$L", Memory.at(start))));
        }
        method.hosts().forEach(host -> arguments.add(scalars.argument(host)));
        if (method.capacity()) {
            arguments.add(CodeBlock.of("capacity"));
        }
        if (method.rows()) {
            arguments.add(CodeBlock.of("rows"));
        }
        method.scratch().arguments(part).forEach(argument -> arguments.add(CodeBlock.of("$L", argument)));
        range.forEach(bound -> arguments.add(CodeBlock.of("$L", bound)));
        return CodeBlock.of("$L$L($L)", receiver, method.name(), Positions.list(arguments));
    }

    /** One call for a part, as the result's bits depend on where a sum is cut. */
    CodeBlock sum(KernelMethod method, int parts) {
        var split = method.split().orElseThrow();
        return parts == 1
                ? call(method, "0", List.of("0", Positions.size(split.extent())))
                : call(
                        method,
                        "part",
                        List.of(
                                startOfPart(split, Integer.toString(parts)),
                                endOfPart(split, Integer.toString(parts))));
    }
}
