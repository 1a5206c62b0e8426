package org.descentlang.compiler.emit.program;

import static org.descentlang.compiler.emit.text.RuntimeNames.FINITE;

import com.palantir.javapoet.CodeBlock;
import java.util.Optional;
import java.util.stream.Stream;
import org.descentlang.compiler.emit.text.Comments;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;

/**
 * What finds the first result of a kernel that is not a finite number, and returns where in the source it comes from.
 */
record FiniteChecks(Plan plan) {
    Optional<CodeBlock> of(Kernel kernel) {
        return joined(kernel.results().stream()
                .filter(value ->
                        !(kernel instanceof Kernel.Rows rows && rows.inner().contains(value)))
                .filter(this::isF32)
                .map(this::checkMemory));
    }

    /** @param field where its number is */
    Optional<CodeBlock> of(Kernel.Fold fold, String field) {
        var number = Stream.of(fold.value()).filter(this::isF32).map(value -> checkNumber(value, field));
        var stored = fold.stored().stream().filter(this::isF32).map(this::checkMemory);
        return joined(Stream.concat(number, stored));
    }

    private boolean isF32(int value) {
        return plan.program().type(value).element() == ElementType.F32;
    }

    private static Optional<CodeBlock> joined(Stream<CodeBlock> checks) {
        return Optional.of(checks.collect(CodeBlock.joining(""))).filter(block -> !block.isEmpty());
    }

    private CodeBlock checkMemory(int value) {
        Place place = plan.place(value);
        Dim count = plan.program().type(value).shape().count();
        return check(
                value,
                CodeBlock.of(
                        "!$T.all($L, $L, $L)", FINITE, place.slab().text(), Memory.at(place), Positions.size(count)));
    }

    private CodeBlock checkNumber(int value, String field) {
        return check(value, CodeBlock.of("!$T.isFinite($L)", Double.class, field));
    }

    private CodeBlock check(int value, CodeBlock broken) {
        return CodeBlock.builder()
                .beginControlFlow("if ($L)", broken)
                .addStatement("return $S", Comments.place(plan.program(), value))
                .endControlFlow()
                .build();
    }
}
