package org.descentlang.compiler.emit.program;

import static org.descentlang.compiler.emit.text.RuntimeNames.MATRIX_PRODUCT;
import static org.descentlang.compiler.emit.text.RuntimeNames.PHILOX;
import static org.descentlang.compiler.emit.text.RuntimeNames.TABLE_ROWS;
import static org.descentlang.compiler.emit.text.RuntimeNames.TILING;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.emit.text.ScalarSource;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Product;
import org.descentlang.compiler.plan.Tiling;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;

/** Calls of what the runtime has ready: matrix products, random numbers, rows of tables. */
record LibraryCalls(Plan plan, ScalarSource source, PlanPlaces places, List<FieldSpec> fields, String counter) {
    CodeBlock call(Kernel.Library library) {
        Instruction instruction = plan.program().instruction(library.value());
        return switch (library.op()) {
            case Op.MatMul matMul -> matrixProduct(library, Product.of(plan.program(), matMul, instruction));
            case Op.Random random -> random(random, library.value());
            case Op.Gather _ -> gather(library);
            case Op.ScatterAdd scatter -> scatterAdd(scatter, library);
            case Op.Convolve _, Op.WindowArgMax _, Op.Pick _, Op.PutBack _ ->
                new WindowCalls(plan, places, fields).call(library);
        };
    }

    private CodeBlock random(Op.Random random, int result) {
        String fill = switch (random.distribution()) {
            case UNIFORM -> "fillUniform";
            case NORMAL -> "fillNormal";
        };
        return CodeBlock.builder()
                .addStatement(
                        "$T.$L($L, $L, $L, 0, $L, $L)",
                        PHILOX,
                        fill,
                        source.seed(),
                        source.draw(),
                        place(random),
                        places.start(result),
                        Positions.size(shape(result).count()))
                .build();
    }

    private String place(Op.Random random) {
        return random.turn() == 0
                ? Integer.toString(random.place())
                : random.place() + " + " + random.turn() + " * " + counter;
    }

    private CodeBlock gather(Kernel.Library library) {
        int table = library.operands().getFirst();
        int index = library.operands().get(1);
        addRows(library);
        return CodeBlock.builder()
                .addStatement(
                        "$L.of($L, $L).gather($L, $L, $L, $L)",
                        library.name(),
                        shape(table).dim(0).fixed(),
                        Positions.size(shape(table).without(0).count()),
                        places.start(table),
                        places.start(index),
                        Positions.size(shape(index).count()),
                        places.start(library.value()))
                .build();
    }

    private CodeBlock scatterAdd(Op.ScatterAdd scatter, Kernel.Library library) {
        int index = library.operands().getFirst();
        addRows(library);
        return CodeBlock.builder()
                .addStatement("$L", filled(library.value()))
                .addStatement(
                        "$L.of($L, $L).scatterAdd($L, $L, $L, $L)",
                        library.name(),
                        scatter.rows(),
                        Positions.size(shape(library.value()).without(0).count()),
                        places.start(index),
                        Positions.size(shape(index).count()),
                        places.start(library.operands().get(1)),
                        places.start(library.value()))
                .build();
    }

    private void addRows(Kernel.Library library) {
        fields.add(FieldSpec.builder(TABLE_ROWS, library.name(), Modifier.PRIVATE, Modifier.FINAL)
                .initializer("new $T()", TABLE_ROWS)
                .build());
    }

    CodeBlock filled(int value) {
        Dim count = shape(value).count();
        String end = places.at(value, Positions.size(count));
        return CodeBlock.of("$T.fill($L, $L, 0)", Arrays.class, places.start(value), end);
    }

    private Shape shape(int value) {
        return plan.program().type(value).shape();
    }

    private CodeBlock matrixProduct(Kernel.Library library, Product product) {
        int left = library.operands().getFirst();
        int right = library.operands().get(1);
        var made = CodeBlock.builder()
                .add(
                        "$Lproducts.of($L, $L, $L)",
                        places.memory(),
                        places.array(left),
                        places.array(right),
                        places.array(library.value()))
                .add(product.transposeLeft() ? ".transposeA()" : "")
                .add(product.transposeRight() ? ".transposeB()" : "")
                .add(!product.isOne() && product.shared() ? ".shareB()" : "")
                .add("$W.tiled($L)", tiling(library.tiling().orElseThrow()));
        fields.add(FieldSpec.builder(MATRIX_PRODUCT, library.name(), Modifier.PRIVATE, Modifier.FINAL)
                .initializer(made.build())
                .build());
        String sizes = Stream.of(product.m(), product.n(), product.k())
                .map(Positions::size)
                .collect(Collectors.joining(", "));
        return CodeBlock.builder()
                .addStatement(
                        "$L.$L$L,$W$L,$W$L,$W$L)",
                        library.name(),
                        product.isOne() ? "multiply(" : "multiplyEach(" + Positions.size(product.count()) + ", ",
                        sizes,
                        places.at(left),
                        places.at(right),
                        places.at(library.value()))
                .build();
    }

    private static CodeBlock tiling(Tiling tiling) {
        String widths = tiling.tiles().stream()
                .map(tile -> Integer.toString(tile.vectors()))
                .collect(Collectors.joining(", "));
        return CodeBlock.of("$T.of($L, $L, $L, $L)", TILING, widths, tiling.depth(), tiling.byColumns(), tiling.part());
    }
}
