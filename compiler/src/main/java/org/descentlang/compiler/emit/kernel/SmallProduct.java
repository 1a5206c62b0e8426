package org.descentlang.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.plan.Affine;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.plan.Product;
import org.descentlang.compiler.type.Dim;

/**
 * A matrix product written out, with its sizes as literals: for few multiply-adds a call of the library takes longer
 * than they do. Each element is the same chain of fused multiply-adds as there.
 */
final class SmallProduct {
    /** The loops over rows, columns, and the terms of a sum. */
    private static final int ROW = 0;

    private static final int COLUMN = 1;
    private static final int TERM = 2;

    /** Rows of a tile. */
    private static final int ROWS = 4;

    private final Kernel.Library library;
    private final Product product;
    private final Operands operands;
    private final int left;
    private final int right;
    private final int result;
    private final CodeBlock.Builder body = CodeBlock.builder();
    /** Whether there is no loop over columns. */
    private boolean columnsWrittenOut;

    private SmallProduct(Operands operands, Kernel.Library library, Op.MatMul matMul) {
        this.library = library;
        this.operands = operands;
        Program program = operands.plan().program();
        product = Product.of(program, matMul, program.instruction(library.value()));
        left = library.operands().getFirst();
        right = library.operands().get(1);
        result = library.value();
    }

    private static SmallProduct of(Operands operands, Kernel.Library library) {
        return new SmallProduct(operands, library, (Op.MatMul) library.op());
    }

    static KernelMethod plain(Operands operands, Kernel.Library library) {
        return of(operands, library).plain();
    }

    static KernelMethod vectors(Operands operands, Kernel.Library library, int lanes) {
        return of(operands, library).vectors(lanes);
    }

    private KernelMethod plain() {
        loop(ROW, "0", product.m());
        loop(COLUMN, "0", product.n());
        body.addStatement("float sum = 0f");
        loop(TERM, "0", product.k());
        body.addStatement("sum = $T.fma($L, $L, sum)", Math.class, element(left, left(0)), element(right, right(0)));
        body.endControlFlow();
        body.addStatement("$L = sum", element(result, result(0, 0)));
        body.endControlFlow().endControlFlow();
        return method(Set.of());
    }

    /** Along the columns; along the rows where they lie side by side and there are few columns. */
    private KernelMethod vectors(int lanes) {
        if (rowsLieSideBySide()) {
            return rows(lanes);
        }
        if (product.transposeRight()) {
            turn();
        }
        long columns = product.n().fixed();
        if (columns >= lanes) {
            open(COLUMN, "0", " <= " + (columns - lanes), lanes);
            tiles("");
            body.endControlFlow();
        }
        long over = columns % lanes;
        if (over > 0) {
            body.beginControlFlow("");
            body.addStatement("int $L = $L", Positions.variable(COLUMN), columns - over);
            body.addStatement(
                    "$T mask = $T.fromLong(FLOATS, $LL)",
                    VectorValue.type(VectorValue.Kind.MASK),
                    VectorText.VECTOR_MASK,
                    (1L << over) - 1);
            tiles(", mask");
            body.endControlFlow();
        }
        return method(Set.of());
    }

    private boolean rowsLieSideBySide() {
        return product.transposeLeft()
                && product.n().fixed() < ShortRows.MANY_COLUMNS
                && product.m().fixed() % KernelWriter.LANES == 0;
    }

    private KernelMethod rows(int lanes) {
        var strided = new Strided(body, lanes);
        columnsWrittenOut = true;
        int columns = (int) product.n().fixed();
        open(ROW, "0", " < " + product.m().fixed(), lanes);
        declare(columns);
        loop(TERM, "0", product.k());
        load(operands.array(left), at(left, left(0)), "");
        for (int column = 0; column < columns; column++) {
            multiply(column, element(right, right(column)));
        }
        body.endControlFlow();
        for (int column = 0; column < columns; column++) {
            strided.store(
                    CodeBlock.of("sum$L", column),
                    operands.array(result),
                    at(result, result(0, column)),
                    columns,
                    Optional.empty());
        }
        body.endControlFlow();
        return method(strided.maps());
    }

    /** Puts the right operand, which is stored as its transpose, into scratch memory. */
    private void turn() {
        loop(COLUMN, "0", product.n());
        loop(TERM, "0", product.k());
        body.addStatement("lanes[$L] = $L", Positions.text(inOrder(), Offset.ZERO, -1, 0), element(right, right(0)));
        body.endControlFlow().endControlFlow();
    }

    private void tiles(String mask) {
        String end = Positions.size(product.m());
        Optional<Long> rows = product.m().isFixed() ? Optional.of(product.m().fixed()) : Optional.empty();
        if (rows.isEmpty() || rows.get() >= ROWS) {
            open(ROW, "0", " <= " + end + " - " + ROWS, ROWS);
            tile(ROWS, mask);
            body.endControlFlow();
        }
        if (rows.isEmpty() || rows.get() % ROWS > 0) {
            open(ROW, end + " - " + end + " % " + ROWS, " < " + end, 1);
            tile(1, mask);
            body.endControlFlow();
        }
    }

    private void tile(int rows, String mask) {
        declare(rows);
        loop(TERM, "0", product.k());
        if (product.transposeRight()) {
            load("lanes", Positions.text(inOrder(), Offset.ZERO, -1, 0), mask);
        } else {
            load(operands.array(right), at(right, right(0)), mask);
        }
        for (int row = 0; row < rows; row++) {
            multiply(row, element(left, left(row)));
        }
        body.endControlFlow();
        for (int row = 0; row < rows; row++) {
            store(row, result(row, 0), mask);
        }
    }

    private void declare(int sums) {
        for (int sum = 0; sum < sums; sum++) {
            body.addStatement("$1T sum$2L = $1T.zero(FLOATS)", VectorText.FLOAT_VECTOR, sum);
        }
    }

    private void load(String array, String at, String mask) {
        body.addStatement("$1T vector = $1T.fromArray(FLOATS, $2L, $3L$4L)", VectorText.FLOAT_VECTOR, array, at, mask);
    }

    private void multiply(int sum, String number) {
        body.addStatement(
                "sum$1L = $2T.broadcast(FLOATS, $3L).fma(vector, sum$1L)", sum, VectorText.FLOAT_VECTOR, number);
    }

    private void store(int sum, Affine position, String restriction) {
        body.addStatement("sum$L.intoArray($L, $L$L)", sum, operands.array(result), at(result, position), restriction);
    }

    private void loop(int loop, String from, Dim extent) {
        open(loop, from, " < " + Positions.size(extent), 1);
    }

    private void open(int loop, String from, String condition, int step) {
        String variable = Positions.variable(loop);
        String next = step == 1 ? variable + "++" : variable + " += " + step;
        body.beginControlFlow("for (int $1L = $2L; $1L$3L; $4L)", variable, from, condition, next);
    }

    /** The left element of a row so many after the current one. */
    private Affine left(int rows) {
        Affine row = Affine.variable(ROW).plus(Affine.constant(rows));
        Affine term = Affine.variable(TERM);
        return product.transposeLeft()
                ? term.times(product.m()).plus(row)
                : row.times(product.k()).plus(term);
    }

    /** The right element of a column so many after the current one, or after the first where rows lie side by side. */
    private Affine right(int columns) {
        Affine column = column(columns);
        Affine term = Affine.variable(TERM);
        return product.transposeRight()
                ? column.times(product.k()).plus(term)
                : term.times(product.n()).plus(column);
    }

    private Affine result(int rows, int columns) {
        Affine row = Affine.variable(ROW).plus(Affine.constant(rows));
        return row.times(product.n()).plus(column(columns));
    }

    private Affine column(int columns) {
        return columnsWrittenOut
                ? Affine.constant(columns)
                : Affine.variable(COLUMN).plus(Affine.constant(columns));
    }

    /** Of the right operand in scratch memory. */
    private Affine inOrder() {
        return Affine.variable(TERM).times(product.n()).plus(Affine.variable(COLUMN));
    }

    private String element(int value, Affine position) {
        return operands.array(value) + "[" + at(value, position) + "]";
    }

    private String at(int value, Affine position) {
        return operands.position(value, position, -1, 0);
    }

    private KernelMethod method(Set<Long> maps) {
        boolean rows = Stream.of(product.m(), product.k()).anyMatch(dim -> !dim.isFixed());
        boolean scattered = rowsLieSideBySide() && !product.n().isOne();
        var scratch = new Scratch(product.transposeRight() || scattered, false);
        return new KernelHead(operands, List.of(left, right, result), List.of(), rows, scratch, Optional.empty())
                .method(library.name(), TypeName.VOID, body.build(), maps);
    }
}
