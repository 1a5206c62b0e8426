package org.descentlang.compiler.emit.program;

import static org.descentlang.compiler.emit.text.RuntimeNames.FINITE;

import com.palantir.javapoet.CodeBlock;
import java.util.Optional;
import org.descentlang.compiler.emit.text.Comments;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;

/** What finds the first result of a kernel that is not a finite number, and returns where in the source it comes from. */
record FiniteChecks(Plan plan) {
    Optional<CodeBlock> of(Kernel kernel) {
        var found = kernel.results().stream()
                .filter(value ->
                        !(kernel instanceof Kernel.Rows rows && rows.inner().contains(value)))
                .filter(value -> plan.program().type(value).element() == ElementType.F32)
                .map(this::checkMemory)
                .toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(CodeBlock.join(found, ""));
    }

    private CodeBlock checkMemory(int value) {
        Place place = plan.place(value);
        Dim count = plan.program().type(value).shape().count();
        return CodeBlock.builder()
                .beginControlFlow(
                        "if (!$T.all($L, $L, $L))",
                        FINITE,
                        place.slab().text(),
                        Memory.at(place),
                        Positions.size(count))
                .addStatement("return $S", Comments.place(plan.program(), value))
                .endControlFlow()
                .build();
    }

    Optional<CodeBlock> of(Kernel.Fold fold, String field) {
        if (plan.program().type(fold.value()).element() != ElementType.F32) {
            return Optional.empty();
        }
        return Optional.of(CodeBlock.builder()
                .beginControlFlow("if (!$T.isFinite($L))", Double.class, field)
                .addStatement("return $S", Comments.place(plan.program(), fold.value()))
                .endControlFlow()
                .build());
    }
}
