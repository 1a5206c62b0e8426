package org.descentlang.compiler.emit.program;

import static org.descentlang.compiler.emit.text.RuntimeNames.DIVIDED_KERNEL;
import static org.descentlang.compiler.emit.text.RuntimeNames.FOLDED_KERNEL;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.kernel.Frame;
import org.descentlang.compiler.emit.kernel.KernelMethod;
import org.descentlang.compiler.emit.text.Names;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.ir.Op.Reduction;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;

/** Calls of kernels, as a whole or divided; what has to be prepared for them are fields. */
record KernelCalls(Plan plan, Frame frame, PlanPlaces places, HostScalars scalars, List<FieldSpec> fields) {
    private static final int LARGEST_PART = 1 << 16;
    private static final String PARTS = "(part, from, to)";

    /** A kernel, over threads if that pays. */
    CodeBlock run(String name, KernelMethod.Use use, boolean parallel) {
        return CodeBlock.join(List.of(placed(name, use), runPlaced(name, use, parallel)), "");
    }

    /** What puts the places of this turn of a loop into their array, if there is one. */
    CodeBlock placed(String name, KernelMethod.Use use) {
        var block = CodeBlock.builder();
        if (use.method().together() && use.starts().stream().anyMatch(places::isMoving)) {
            for (int i = 0; i < use.starts().size(); i++) {
                block.addStatement(
                        "$L[$L] = $L",
                        placesName(name),
                        i,
                        places.at(use.starts().get(i)));
            }
        }
        return block.build();
    }

    private static String placesName(String name) {
        return Names.constant(name) + "_PLACES";
    }

    private CodeBlock runPlaced(String name, KernelMethod.Use use, boolean parallel) {
        Optional<KernelMethod.Split> split = use.method().split();
        if (split.isEmpty()) {
            return statement(call(name, use, "0", List.of()));
        }
        String extent = Positions.size(split.get().extent());
        if (!parallel && isOneCall(split.get())) {
            return statement(call(name, use, "0", List.of("0", extent)));
        }
        add(
                name,
                CodeBlock.of(
                        "new $T($Lteam, $L,$W$L -> $L)",
                        DIVIDED_KERNEL,
                        frame.ownMemory(),
                        split.get().turns(),
                        PARTS,
                        call(name, use, "part", List.of("from", "to"))),
                DIVIDED_KERNEL);
        return statement(CodeBlock.of("$L.run($L$L)", name, extent, parallel ? parts(use.method()) : ", 1"));
    }

    private boolean isOneCall(KernelMethod.Split split) {
        Dim most = plan.capacity().resolve(split.extent());
        return most.isFixed() && most.fixed() <= split.turns();
    }

    /**
     * One part a thread, but of a loop over millions of elements more: HotSpot compiles what is called often long
     * before it replaces a loop that runs.
     */
    private static String parts(KernelMethod method) {
        Dim extent = method.split().map(KernelMethod.Split::extent).orElse(Dim.ONE);
        boolean huge = extent.isFixed() && extent.fixed() >= 16 * LARGEST_PART;
        return huge && method.scratch().isNone() ? ", " + extent.fixed() / LARGEST_PART : "";
    }

    /** A reduction to one number, each part in one call, as the result's bits depend on where a sum is cut. */
    CodeBlock fold(Kernel.Fold fold, Reduction reduction, KernelMethod.Use use) {
        String extent = Positions.size(use.method().split().orElseThrow().extent());
        if (fold.parts() == 1) {
            return call(fold.name(), use, "0", List.of("0", extent));
        }
        add(
                fold.name(),
                CodeBlock.of(
                        "new $T($Lteam, $L,$W$L -> $L)",
                        FOLDED_KERNEL,
                        frame.ownMemory(),
                        fold.parts(),
                        PARTS,
                        call(fold.name(), use, "part", List.of("from", "to"))),
                FOLDED_KERNEL);
        boolean real = plan.program().type(fold.value()).element() == ElementType.F32;
        return real
                ? CodeBlock.of("$L.run($L, $L)", fold.name(), extent, combined(reduction, Double.class))
                : CodeBlock.of("$L.runWhole($L, $L)", fold.name(), extent, combined(reduction, Integer.class));
    }

    private static CodeBlock combined(Reduction reduction, Class<?> number) {
        return switch (reduction) {
            case SUM -> CodeBlock.of("$T::sum", number);
            case PRODUCT -> CodeBlock.of("(a, b) -> a * b");
            case MAXIMUM, MINIMUM ->
                CodeBlock.of(
                        "$T::$L",
                        Math.class,
                        reduction.name().toLowerCase(Locale.ROOT).substring(0, 3));
        };
    }

    private void add(String name, CodeBlock made, ClassName type) {
        fields.add(FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.FINAL)
                .initializer(made)
                .build());
    }

    private static CodeBlock statement(CodeBlock expression) {
        return CodeBlock.builder().addStatement("$L", expression).build();
    }

    /** @param part which part of the work it is: scratch memory is by that */
    private CodeBlock call(String name, KernelMethod.Use use, String part, List<String> range) {
        KernelMethod method = use.method();
        var arguments = new ArrayList<CodeBlock>();
        frame.user().ifPresent(_ -> arguments.add(CodeBlock.of("this")));
        var starts = use.starts().stream()
                .map(value -> CodeBlock.of("$L", places.at(value)))
                .toList();
        if (method.together()) {
            arguments.add(CodeBlock.of("$L", placesField(name, use, starts)));
        } else {
            arguments.addAll(starts);
        }
        use.hosts().forEach(host -> arguments.add(scalars.argument(host)));
        Stream.concat(method.scratch().isNone() ? Stream.empty() : Stream.of(part), range.stream())
                .forEach(argument -> arguments.add(CodeBlock.of("$L", argument)));
        return CodeBlock.of("$L$L($L)", frame.receiver(), method.name(), Positions.list(arguments));
    }

    /** Many places as an array, which is made once. */
    private String placesField(String name, KernelMethod.Use use, List<CodeBlock> starts) {
        String field = placesName(name);
        if (use.starts().stream().anyMatch(places::isMoving)) {
            fields.add(FieldSpec.builder(int[].class, field, Modifier.PRIVATE, Modifier.FINAL)
                    .initializer("new int[$L]", starts.size())
                    .build());
            return field;
        }
        fields.add(FieldSpec.builder(int[].class, field, Modifier.PRIVATE, Modifier.FINAL)
                .initializer("{$L}", Positions.list(starts))
                .build());
        return field;
    }
}
