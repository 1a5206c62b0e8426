package org.descentlang.compiler.emit.device;

import static org.descentlang.compiler.emit.device.DeviceNames.FEWER_ROWS;
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
                "new $T($S,$W$L,$W$L,$W$L,$W$L,$W$L,$W$L,$W$L,$W$L)",
                MATRIX_PRODUCT,
                library.name(),
                size(product.count()),
                size(product.m()),
                size(product.n()),
                size(product.k()),
                matrix(library.operands().get(0), product.leftStep(), product.transposeLeft()),
                matrix(library.operands().get(1), product.rightStep(), product.transposeRight()),
                matrix(library.value(), product.resultStep(), false),
                fewerRows(product));
    }

    /**
     * Rows that are outermost in memory, of an operand and of the result, are behind all others; those of both
     * operands, along which is summed, are terms too many. Elsewhere what lies behind them moves.
     */
    private static CodeBlock fewerRows(Product product) {
        boolean one = product.isOne();
        boolean operands = one || product.m().isFixed();
        boolean rows = product.m().isFixed() || !product.transposeLeft();
        if (product.n().isFixed() && product.k().isFixed() && operands && rows) {
            return CodeBlock.of("new $T()", FEWER_ROWS.nestedClass("Unread"));
        }
        boolean fixed = product.n().isFixed() && product.m().isFixed();
        boolean outermost = product.transposeLeft() && !product.transposeRight();
        if (fixed && one && outermost && product.k().power() == 1) {
            return CodeBlock.of(
                    "new $T($L, numbers)",
                    FEWER_ROWS.nestedClass("Summed"),
                    product.k().factor());
        }
        return CodeBlock.of("new $T()", FEWER_ROWS.nestedClass("Moved"));
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
