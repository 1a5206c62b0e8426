package org.descentlang.compiler.emit.program;

import static org.descentlang.compiler.emit.text.RuntimeNames.CONVOLUTION;
import static org.descentlang.compiler.emit.text.RuntimeNames.PICKED_POSITIONS;
import static org.descentlang.compiler.emit.text.RuntimeNames.WINDOWS;
import static org.descentlang.compiler.emit.text.RuntimeNames.WINDOW_MAXIMUM;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Windows;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.type.Shape;

/** Calls of what the runtime has ready for windows: filters, largest elements, picking by position. */
record WindowCalls(Plan plan, PlanPlaces places, List<FieldSpec> fields) {
    CodeBlock call(Kernel.Library library) {
        return switch (library.op()) {
            case Op.Convolve convolve -> convolve(library, convolve);
            case Op.WindowArgMax largest -> largest(library, largest);
            case Op.Pick _ -> pick(library);
            case Op.PutBack _ -> putBack(library);
            case Op.Random _, Op.MatMul _, Op.Gather _, Op.ScatterAdd _ ->
                throw new IllegalArgumentException(library.name() + " has no windows");
        };
    }

    private CodeBlock convolve(Kernel.Library library, Op.Convolve convolve) {
        int first = operand(library, 0);
        int second = operand(library, 1);
        int result = library.value();
        Windows windows = convolve.windows();
        long groups = convolve.groups();
        var made = CodeBlock.builder();
        made.add(
                switch (convolve.part()) {
                    case VALUE -> head("value", channels(first), channels(result), groups);
                    case BY_DATA -> head("byData", channels(result), channels(first), groups);
                    case BY_WEIGHTS -> head("byWeights", channels(first), channels(second), groups);
                });
        made.add(along(windows));
        int left = library.operands().getFirst();
        int right = library.operands().get(1);
        made.add(",$W$L,$W$L,$W$L)", places.array(left), places.array(right), places.array(result));
        add(CONVOLUTION, library, made.build());
        return CodeBlock.builder()
                .addStatement(
                        "$L.run($L,$W$L,$W$L,$W$L)",
                        library.name(),
                        examples(first),
                        places.at(left),
                        places.at(right),
                        places.at(result))
                .build();
    }

    private CodeBlock head(String part, long channels, long units, long groups) {
        return CodeBlock.of(
                "$T.$L($Lproducts.workshop(),$W$T.of($L, $L, $L)",
                CONVOLUTION,
                part,
                places.memory(),
                WINDOWS,
                channels,
                units,
                groups);
    }

    private static CodeBlock along(Windows windows) {
        var text = CodeBlock.builder();
        for (Windows.Along axis : windows.axes()) {
            text.add(
                    "$Z.along($L, $L, $L, $L, $L, $L)",
                    axis.input(),
                    axis.size(),
                    axis.stride(),
                    axis.dilation(),
                    axis.before(),
                    axis.positions());
        }
        return text.build();
    }

    private CodeBlock largest(Kernel.Library library, Op.WindowArgMax largest) {
        int x = library.operands().getFirst();
        long channels = channels(library.value());
        var made = CodeBlock.builder()
                .add(
                        "new $T($Lproducts.workshop(),$W$T.of($L, $L, 1)",
                        WINDOW_MAXIMUM,
                        places.memory(),
                        WINDOWS,
                        channels,
                        channels)
                .add(along(largest.windows()))
                .add(")");
        add(WINDOW_MAXIMUM, library, made.build());
        return CodeBlock.builder()
                .addStatement(
                        "$L.find($L,$W$L,$W$L)",
                        library.name(),
                        examples(library.value()),
                        places.start(x),
                        places.start(library.value()))
                .build();
    }

    private CodeBlock pick(Kernel.Library library) {
        int x = library.operands().getFirst();
        int position = library.operands().get(1);
        picked(library, operand(library, 0), library.value());
        return CodeBlock.builder()
                .addStatement(
                        "$L.pick($L,$W$L,$W$L,$W$L)",
                        library.name(),
                        examples(library.value()),
                        places.start(x),
                        places.start(position),
                        places.start(library.value()))
                .build();
    }

    private CodeBlock putBack(Kernel.Library library) {
        int position = library.operands().getFirst();
        int updates = library.operands().get(1);
        picked(library, library.value(), operand(library, 0));
        return CodeBlock.builder()
                .addStatement(
                        "$L.putBack($L,$W$L,$W$L,$W$L)",
                        library.name(),
                        examples(library.value()),
                        places.start(position),
                        places.start(updates),
                        places.start(library.value()))
                .build();
    }

    /** @param all has all elements along the middle axis, {@code some} those that are picked */
    private void picked(Kernel.Library library, int all, int some) {
        add(
                PICKED_POSITIONS,
                library,
                CodeBlock.of(
                        "new $T($Lteam,$W$L, $L, $L)",
                        PICKED_POSITIONS,
                        places.memory(),
                        shape(all).dim(1).fixed(),
                        shape(some).dim(1).fixed(),
                        channels(all)));
    }

    private void add(ClassName type, Kernel.Library library, CodeBlock made) {
        fields.add(FieldSpec.builder(type, library.name(), Modifier.PRIVATE, Modifier.FINAL)
                .initializer(made)
                .build());
    }

    /** As the operation takes it; in memory it may have another shape. */
    private int operand(Kernel.Library library, int number) {
        return plan.program().instruction(library.value()).operand(number);
    }

    private String examples(int value) {
        return Positions.size(shape(value).dim(0));
    }

    private long channels(int value) {
        return shape(value).last().fixed();
    }

    private Shape shape(int value) {
        return plan.program().type(value).shape();
    }
}
