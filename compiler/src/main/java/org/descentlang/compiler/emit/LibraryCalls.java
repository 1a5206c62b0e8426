package org.descentlang.compiler.emit;

import static org.descentlang.compiler.emit.RuntimeNames.PHILOX;
import static org.descentlang.compiler.emit.RuntimeNames.TABLES;

import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
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
        return switch (instruction.op()) {
            case Op.MatMul matMul -> matrixProduct(matMul, instruction, operands, result);
            case Op.Random random -> random(random, instruction.type().shape(), result);
            case Op.Gather _ -> gather(instruction, operands, result);
            case Op.ScatterAdd scatter -> scatterAdd(scatter, instruction, operands, result);
            default -> throw new IllegalStateException(instruction.toString());
        };
    }

    private CodeBlock random(Op.Random random, Shape shape, Place result) {
        String fill = random.distribution() == Op.Distribution.UNIFORM ? "fillUniform" : "fillNormal";
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
        boolean floats = program.type(instruction.operand(0)).element() == ElementType.F32;
        Shape index = program.type(instruction.operand(1)).shape();
        return CodeBlock.builder()
                .addStatement(
                        "$T.$L($L, $L, $L, $L, $L, $L, $L, $L, $L)",
                        TABLES,
                        floats ? "gather" : "gatherWhole",
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

    private CodeBlock matrixProduct(Op.MatMul matMul, Instruction instruction, List<Place> operands, Place result) {
        Shape left = plan.program().type(instruction.operand(0)).shape();
        Shape right = plan.program().type(instruction.operand(1)).shape();
        Shape product = instruction.type().shape();
        int rank = product.rank();
        Dim m = product.dim(rank - 2);
        Dim n = product.dim(rank - 1);
        Dim k = left.dim(rank - (matMul.transposeLeft() ? 2 : 1));
        Dim count = new Shape(product.dims().subList(0, rank - 2)).count();
        boolean shared = right.rank() == 2;
        // With one right operand for all, rows of all products are the rows of one.
        boolean one = count.isOne() || shared && !matMul.transposeLeft();
        var arguments = new ArrayList<String>();
        if (!one) {
            arguments.add(Positions.size(count));
        }
        arguments.addAll(List.of(
                Boolean.toString(matMul.transposeLeft()),
                Boolean.toString(matMul.transposeRight()),
                Positions.size(one ? count.times(m) : m),
                Positions.size(n),
                Positions.size(k)));
        addMatrix(arguments, operands.getFirst(), one, m.times(k));
        addMatrix(arguments, operands.get(1), one, shared ? Dim.of(0) : k.times(n));
        addMatrix(arguments, result, one, m.times(n));
        arguments.add("false");
        var items =
                arguments.stream().map(argument -> CodeBlock.of("$L", argument)).toList();
        return CodeBlock.builder()
                .addStatement("products.$L($L)", one ? "multiply" : "multiplyEach", Positions.list(items))
                .build();
    }

    private static void addMatrix(List<String> arguments, Place place, boolean one, Dim stride) {
        arguments.add(place.slab().text());
        arguments.add(Memory.at(place));
        if (!one) {
            arguments.add(Positions.size(stride));
        }
    }
}
