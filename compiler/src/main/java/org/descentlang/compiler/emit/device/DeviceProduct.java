package org.descentlang.compiler.emit.device;

import static org.descentlang.compiler.emit.device.DeviceNames.MATRIX;
import static org.descentlang.compiler.emit.device.DeviceNames.MATRIX_PRODUCT;

import com.palantir.javapoet.CodeBlock;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Product;
import org.descentlang.compiler.type.Dim;

/** Describes a matrix product to the runtime, which may have a library for it: of as many rows as a batch ever has. */
record DeviceProduct(Plan plan) {
    CodeBlock describe(Kernel.Library library, Product product) {
        return CodeBlock.of(
                "new $T($S,$W$L,$W$L,$W$L,$W$L,$W$L,$W$L,$W$L)",
                MATRIX_PRODUCT,
                library.name(),
                size(product.count()),
                size(product.m()),
                size(product.n()),
                size(product.k()),
                matrix(library.operands().get(0), product.leftStep(), product.transposeLeft()),
                matrix(library.operands().get(1), product.rightStep(), product.transposeRight()),
                matrix(library.value(), product.resultStep(), false));
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
