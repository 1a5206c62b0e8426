package org.descentlang.compiler.emit.program;

import static org.descentlang.compiler.emit.text.RuntimeNames.PHILOX;
import static org.descentlang.compiler.emit.text.RuntimeNames.TABLES;
import static org.descentlang.compiler.emit.text.RuntimeNames.TILING;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.emit.text.ScalarSource;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Product;
import org.descentlang.compiler.plan.Tiling;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;

/** Calls of what the runtime has ready: matrix products, random numbers, rows of tables. */
record LibraryCalls(Plan plan, ScalarSource source) {
    static CodeBlock of(Plan plan, ScalarSource source, Kernel.Library library) {
        return new LibraryCalls(plan, source).call(library);
    }

    private CodeBlock call(Kernel.Library library) {
        Instruction instruction = plan.program().instruction(library.value());
        Place result = plan.place(library.value());
        var operands = library.operands().stream().map(plan::place).toList();
        return switch (library.op()) {
            case Op.MatMul matMul ->
                matrixProduct(library, Product.of(plan.program(), matMul, instruction), operands, result);
            case Op.Random random -> random(random, instruction.type().shape(), result);
            case Op.Gather _ -> gather(instruction, operands, result);
            case Op.ScatterAdd scatter -> scatterAdd(scatter, instruction, operands, result);
        };
    }

    private CodeBlock random(Op.Random random, Shape shape, Place result) {
        String fill = switch (random.distribution()) {
            case UNIFORM -> "fillUniform";
            case NORMAL -> "fillNormal";
        };
        return CodeBlock.builder()
                .addStatement(
                        "$T.$L($L, $L, $L, 0, $L, $L, $L)",
                        PHILOX,
                        fill,
                        source.seed(),
                        source.draw(),
                        random.place(),
                        result.slab().text(),
                        Memory.at(result),
                        Positions.size(shape.count()))
                .build();
    }

    private CodeBlock gather(Instruction instruction, List<Place> operands, Place result) {
        Program program = plan.program();
        Shape table = program.type(instruction.operand(0)).shape();
        Shape index = program.type(instruction.operand(1)).shape();
        return CodeBlock.builder()
                .addStatement(
                        "$T.gather($L, $L, $L, $L, $L, $L, $L, $L, $L)",
                        TABLES,
                        operands.getFirst().slab().text(),
                        Memory.at(operands.getFirst()),
                        Positions.size(table.without(0).count()),
                        operands.get(1).slab().text(),
                        Memory.at(operands.get(1)),
                        Positions.size(index.count()),
                        result.slab().text(),
                        Memory.at(result),
                        table.dim(0).fixed())
                .build();
    }

    private CodeBlock scatterAdd(Op.ScatterAdd scatter, Instruction instruction, List<Place> operands, Place result) {
        Shape index = plan.program().type(instruction.operand(0)).shape();
        Dim width = instruction.type().shape().without(0).count();
        Dim whole = instruction.type().shape().count();
        return CodeBlock.builder()
                .addStatement("$L", Memory.filled(result, whole))
                .addStatement(
                        "$T.scatterAdd($L, $L, $L, $L, $L, $L, $L, $L, $L)",
                        TABLES,
                        operands.getFirst().slab().text(),
                        Memory.at(operands.getFirst()),
                        Positions.size(index.count()),
                        operands.get(1).slab().text(),
                        Memory.at(operands.get(1)),
                        Positions.size(width),
                        result.slab().text(),
                        Memory.at(result),
                        scatter.rows())
                .build();
    }

    private CodeBlock matrixProduct(Kernel.Library library, Product product, List<Place> operands, Place result) {
        var arguments = new ArrayList<String>();
        if (!product.isOne()) {
            arguments.add(Positions.size(product.count()));
        }
        arguments.addAll(List.of(
                Boolean.toString(product.transposeLeft()),
                Boolean.toString(product.transposeRight()),
                Positions.size(product.m()),
                Positions.size(product.n()),
                Positions.size(product.k())));
        addMatrix(arguments, product, operands.getFirst(), product.leftStep());
        addMatrix(arguments, product, operands.get(1), product.rightStep());
        addMatrix(arguments, product, result, product.resultStep());
        arguments.add("false");
        arguments.add(tilingName(library));
        var items =
                arguments.stream().map(argument -> CodeBlock.of("$L", argument)).toList();
        return CodeBlock.builder()
                .addStatement("products.$L($L)", product.isOne() ? "multiply" : "multiplyEach", Positions.list(items))
                .build();
    }

    private static void addMatrix(List<String> arguments, Product product, Place place, Dim stride) {
        arguments.add(place.slab().text());
        arguments.add(Memory.at(place));
        if (!product.isOne()) {
            arguments.add(Positions.size(stride));
        }
    }

    private static String tilingName(Kernel.Library library) {
        return library.name() + "Tiling";
    }

    /** What a call needs beside memory: the tiling of a product. */
    static Optional<FieldSpec> field(Kernel.Library library) {
        return library.tiling()
                .map(tiling -> FieldSpec.builder(TILING, tilingName(library), Modifier.PRIVATE, Modifier.FINAL)
                        .initializer(tiling(tiling))
                        .build());
    }

    private static CodeBlock tiling(Tiling tiling) {
        var widths = tiling.tiles().stream()
                .map(tile -> CodeBlock.of("$L", tile.vectors()))
                .toList();
        return CodeBlock.of(
                "$T.of($L, $L, $L, $L)",
                TILING,
                Positions.list(widths),
                tiling.depth(),
                tiling.byColumns(),
                tiling.part());
    }
}
