package org.descentlang.compiler.emit.program;

import com.palantir.javapoet.CodeBlock;
import java.util.stream.Stream;
import org.descentlang.compiler.emit.text.Comments;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Step;
import org.descentlang.compiler.type.ElementType;

/**
 * What shows the results of a step to the search for the first that is not a finite number, with where in the source it
 * comes from.
 *
 * @param search in front of a call of it
 */
record FiniteChecks(Plan plan, PlanPlaces places, HostScalars scalars, String search) {
    CodeBlock of(Step step) {
        return switch (step) {
            case Kernel.Fold fold ->
                joined(Stream.concat(
                        Stream.of(fold.value()).filter(this::isF32).map(this::number), memory(fold.stored().stream())));
            case Kernel.Rows rows ->
                joined(memory(
                        rows.results().stream().filter(value -> !rows.inner().contains(value))));
            case Kernel.Columns _, Kernel.Assembly _, Kernel.Library _ -> joined(memory(step.results().stream()));
            case Step.Loop _, Step.Scalars _, Kernel.Commit _ -> CodeBlock.of("");
        };
    }

    private Stream<CodeBlock> memory(Stream<Integer> values) {
        return values.filter(this::isF32).map(this::memory);
    }

    private boolean isF32(int value) {
        return plan.program().type(value).element() == ElementType.F32;
    }

    private static CodeBlock joined(Stream<CodeBlock> checks) {
        return checks.collect(CodeBlock.joining(""));
    }

    private CodeBlock memory(int value) {
        String count = Positions.size(plan.program().type(value).shape().count());
        return look(CodeBlock.of("$L, $L, $L", places.array(value), places.at(value), count), value);
    }

    private CodeBlock number(int value) {
        return look(CodeBlock.of("$L", scalars.field(value)), value);
    }

    private CodeBlock look(CodeBlock values, int value) {
        return CodeBlock.builder()
                .addStatement("$L.look($L,$W$S)", search, values, Comments.place(plan.program(), value))
                .build();
    }
}
