package org.descentlang.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.descentlang.compiler.emit.kernel.VectorValue.Kind;
import org.descentlang.compiler.emit.text.FloatText;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.emit.text.Text;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.op.ScalarRule;
import org.descentlang.compiler.plan.Affine;
import org.descentlang.compiler.plan.Code.Pass;
import org.descentlang.compiler.plan.Code.Reduction;
import org.descentlang.compiler.plan.Code.Store;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Node;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.type.ElementType;

/**
 * A kernel over rows of a few columns with the Vector API: as many rows as a vector has lanes go side by side, column
 * after column, so each row is reduced from left to right as in plain loops. Rows that fill no vector are left to the
 * plain form.
 */
final class ShortRowsWriter extends KernelWriter {
    private final ShortRows rows;
    private final Planes planes;
    private final int lanes;
    private final VectorText vectors;
    private final Strided strided;
    private final Map<Integer, VectorValue> values = new HashMap<>();

    private ShortRowsWriter(Operands operands, Kernel.Rows kernel, int lanes) {
        super(operands, kernel.code(), false, splitOfRows(kernel.code()));
        this.rows = new ShortRows(plan, kernel);
        this.planes = new Planes(kernel);
        this.lanes = lanes;
        this.vectors = new VectorText(body, lanes);
        this.strided = new Strided(body, lanes);
        for (int line = 0; line < local.length; line++) {
            local[line] |= planes.to(line).isPresent();
        }
    }

    static KernelMethod rows(Operands operands, Kernel.Rows kernel, int lanes) {
        return new ShortRowsWriter(operands, kernel, lanes).method(kernel.name());
    }

    private KernelMethod method(String name) {
        locals(0, -1);
        body.addStatement("int end = to - (to - from) % $L", lanes);
        body.beginControlFlow("for (int i0 = from; i0 < end; i0 += $L)", lanes);
        locals(1, -1);
        for (int pass = 0; pass < code.passes().size(); pass++) {
            if (pass > 0) {
                locals(1, pass - 1);
            }
            pass(pass);
        }
        locals(1, code.passes().size() - 1);
        code.rowStores().forEach(this::storeVector);
        body.endControlFlow();
        KernelMethod whole = method(name, TypeName.VOID, Scratch.ofRows(plan.program(), code));
        return whole.with(
                whole.method().toBuilder()
                        .addStatement(
                                "super.$L($L)", name, arguments(whole.method().parameters()))
                        .build(),
                strided.maps());
    }

    private static CodeBlock arguments(List<ParameterSpec> parameters) {
        var names = new ArrayList<CodeBlock>();
        parameters.forEach(
                parameter -> names.add(CodeBlock.of("$L", parameter.name().equals("from") ? "end" : parameter.name())));
        return Positions.list(names);
    }

    private void pass(int number) {
        Pass pass = code.passes().get(number);
        pass.reductions().forEach(this::declare);
        open(ShortRows.COLUMN, 2, number);
        pass.stores().forEach(this::storeVector);
        pass.reductions().forEach(this::reduce);
        close(1);
    }

    @Override
    void local(int line) {
        if (!rows.isVector(line)) {
            super.local(line);
            return;
        }
        VectorValue value = vectorExpression(line);
        body.addStatement("$T t$L = $L", VectorValue.type(value.kind()), line, value.code());
        VectorValue known = new VectorValue(value.kind(), Text.primary("t$L", line));
        if (!isGathered(line)) {
            planes.to(line).ifPresent(plane -> put(known, plane));
        }
        values.put(line, known);
    }

    private boolean isGathered(int line) {
        return code.node(line) instanceof Node.Load load
                && strided.isGathered(load.element(), ShortRows.stride(load.offset()));
    }

    private VectorValue vector(int line) {
        if (!rows.isVector(line)) {
            return new VectorValue(Kind.SCALAR, text(line));
        }
        VectorValue known = values.get(line);
        return known == null ? vectorExpression(line) : known;
    }

    private VectorValue vectorExpression(int line) {
        return switch (code.node(line)) {
            case Node.Load load ->
                planes.from(line)
                        .map(plane -> new VectorValue(
                                Kind.FLOATS,
                                Text.primary("$T.fromArray(FLOATS, lanes, $L)", VectorText.FLOAT_VECTOR, plane)))
                        .orElseGet(() -> load(load, line));
            case Node.Position position -> position(position.position());
            case Node.Reduced reduced ->
                new VectorValue(
                        reduced.element() == ElementType.F32 ? Kind.FLOATS : Kind.INTS,
                        Text.primary("r$L", reduced.value()));
            case Node.Apply apply ->
                vectors.of(
                        apply.op(),
                        code.node(apply.operands().getFirst()).element(),
                        apply.operands().stream().map(this::vector).toList());
            case Node.Literal _, Node.Host _ -> throw new IllegalStateException("a number");
        };
    }

    private VectorValue load(Node.Load load, int line) {
        return strided.load(
                load.element(),
                operands.array(load.value()),
                position(load.value(), load.offset(), 0),
                ShortRows.stride(load.offset()),
                planes.to(line));
    }

    private static VectorValue position(Affine position) {
        return VectorText.position(Positions.text(position, Offset.ZERO, -1, 0), ShortRows.stride(position));
    }

    private void storeVector(Store store) {
        VectorValue value = vector(store.line());
        Kind kind = code.node(store.line()).element() == ElementType.F32 ? Kind.FLOATS : Kind.INTS;
        VectorValue vector = value.isScalar() ? value.spread(kind) : value;
        Optional<String> plane = planes.to(store);
        plane.ifPresent(at -> put(vector, at));
        if (planes.replace(store)) {
            return;
        }
        strided.store(
                vector.code(),
                operands.array(store.value()),
                position(store.value(), store.offset(), 0),
                ShortRows.stride(store.offset()),
                plane);
    }

    private void put(VectorValue vector, String at) {
        body.addStatement("$L.intoArray(lanes, $L)", vector.code(), at);
    }

    private void declare(Reduction reduction) {
        String name = "r" + reduction.value();
        switch (op(reduction)) {
            case Op.Reduce reduce -> declare(name, ScalarRule.neutral(reduce.reduction(), ElementType.F32));
            case Op.ArgMax _ -> {
                body.addStatement("$1T $2L = $1T.zero(INTS)", VectorText.INT_VECTOR, name);
                declare(name + "Value", Double.NEGATIVE_INFINITY);
            }
        }
    }

    private void declare(String name, double start) {
        body.addStatement(
                "$1T $2L = $1T.broadcast(FLOATS, $3L)",
                VectorText.FLOAT_VECTOR,
                name,
                FloatText.literal(start, ElementType.F32).code());
    }

    private void reduce(Reduction reduction) {
        VectorValue value = vector(reduction.line());
        switch (op(reduction)) {
            case Op.Reduce reduce -> {
                String method = switch (reduce.reduction()) {
                    case SUM -> "add";
                    case PRODUCT -> "mul";
                    case MAXIMUM -> "max";
                    case MINIMUM -> "min";
                };
                body.addStatement("r$1L = r$1L.$2L($3L)", reduction.value(), method, value.code());
            }
            case Op.ArgMax _ -> largest(reduction, value.isScalar() ? value.spread(Kind.FLOATS) : value);
        }
    }

    private void largest(Reduction reduction, VectorValue value) {
        String name = "r" + reduction.value();
        String larger = name + "Larger";
        body.addStatement(
                "$T $L = $L.compare($T.GT, $LValue)",
                VectorValue.type(Kind.MASK),
                larger,
                value.code(),
                VectorText.OPERATORS,
                name);
        body.addStatement("$1LValue = $1LValue.blend($2L, $3L)", name, value.code(), larger);
        String position = Positions.text(reduction.position(), Offset.ZERO, -1, 0);
        body.addStatement("$1L = $1L.blend($2L, $3L.cast(INTS))", name, position, larger);
    }
}
