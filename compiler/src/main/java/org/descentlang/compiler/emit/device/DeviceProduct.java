package org.descentlang.compiler.emit.device;

import static org.descentlang.compiler.emit.device.DeviceNames.MATRIX;
import static org.descentlang.compiler.emit.device.DeviceNames.MATRIX_PRODUCT;

import com.palantir.javapoet.CodeBlock;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;

/** Describes a matrix product to the runtime, which may have a library for it: of as many rows as a batch ever has. */
record DeviceProduct(Plan plan) {
    CodeBlock describe(Kernel.Library library, Op.MatMul matMul) {
        Instruction instruction = plan.program().instruction(library.value());
        Shape left = shape(instruction.operand(0));
        Shape right = shape(instruction.operand(1));
        Shape product = instruction.type().shape();
        int rank = product.rank();
        Dim m = product.dim(rank - 2);
        Dim n = product.dim(rank - 1);
        Dim k = left.dim(rank - (matMul.transposeLeft() ? 2 : 1));
        Dim count = new Shape(product.dims().subList(0, rank - 2)).count();
        Dim none = Dim.of(0);
        Dim leftStep = count.isOne() ? none : m.times(k);
        Dim rightStep = count.isOne() || right.rank() == 2 ? none : k.times(n);
        return CodeBlock.of(
                "new $T($S,$W$L,$W$L,$W$L,$W$L,$W$L,$W$L,$W$L)",
                MATRIX_PRODUCT,
                library.name(),
                size(count),
                size(m),
                size(n),
                size(k),
                matrix(library.operands().get(0), leftStep, matMul.transposeLeft()),
                matrix(library.operands().get(1), rightStep, matMul.transposeRight()),
                matrix(library.value(), count.isOne() ? none : m.times(n), false));
    }

    private Shape shape(int value) {
        return plan.program().type(value).shape();
    }

    private CodeBlock matrix(int value, Dim step, boolean transposed) {
        Place place = plan.place(value);
        return CodeBlock.of(
                "new $T($L,$W$L,$W$L,$W$L)",
                MATRIX,
                place.slab().text(),
                Positions.offset(place.offset()),
                size(step),
                transposed);
    }

    private String size(Dim dim) {
        return Positions.offset(Offset.of(plan.capacity().resolve(dim)));
    }
}
