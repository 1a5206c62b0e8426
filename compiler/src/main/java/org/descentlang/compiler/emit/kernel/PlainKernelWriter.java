package org.descentlang.compiler.emit.kernel;

import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.emit.text.Text;
import org.descentlang.compiler.emit.text.Text.Binding;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Code.Pass;
import org.descentlang.compiler.plan.Code.Reduction;
import org.descentlang.compiler.plan.Code.Store;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.type.ElementType;

/** A kernel as plain loops: what runs where there is no Vector API, and what a person reads. */
final class PlainKernelWriter extends KernelWriter {
    /** Sums of the current pass that have partial results, by their number in the scratch memory. */
    private List<Reduction> inLanes = new ArrayList<>();

    private PlainKernelWriter(Operands operands, Code code, boolean wide, Optional<Integer> split) {
        super(operands, code, wide, split);
    }

    static KernelMethod rows(Operands operands, String name, Code code) {
        var writer = new PlainKernelWriter(operands, code, false, splitOfRows(code));
        return writer.rowsMethod(name, writer::pass);
    }

    static KernelMethod fold(Operands operands, Kernel.Fold fold) {
        var writer = new PlainKernelWriter(operands, fold.code(), true, Optional.of(0));
        return writer.foldMethod(fold, writer::pass);
    }

    static KernelMethod columns(Operands operands, Kernel.Columns columns) {
        var writer = new PlainKernelWriter(operands, columns.code(), false, splitOf(columns));
        writer.columns(columns);
        return writer.method(columns.name(), TypeName.VOID);
    }

    private void pass(int number) {
        Pass pass = code.passes().get(number);
        inLanes = hasLanes(number) ? sums(number) : List.of();
        pass.reductions().forEach(this::declare);
        open(code.rowLoops(), code.loops().size(), number);
        // Values may be written over what is reduced.
        pass.reductions().forEach(this::reduce);
        pass.stores().forEach(this::store);
        close(code.columnLoops());
        for (int i = 0; i < inLanes.size(); i++) {
            combine(inLanes.get(i), i);
        }
    }

    private void declare(Reduction reduction) {
        ElementType element = code.node(reduction.line()).element();
        int number = inLanes.indexOf(reduction);
        switch (op(reduction)) {
            case Op.Reduce reduce
            when number >= 0 ->
                body.addStatement(
                        "$T.fill($L, $L, $L, $L)",
                        Arrays.class,
                        scratchName(),
                        LANES * number,
                        LANES * (number + 1),
                        neutral(reduce, element));
            case Op.Reduce reduce ->
                body.addStatement("$T r$L = $L", accumulator(element), reduction.value(), neutral(reduce, element));
            case Op.ArgMax _ -> {
                body.addStatement("int r$L = 0", reduction.value());
                boolean whole = element == ElementType.I32;
                String least = whole ? "Integer.MIN_VALUE" : "Float.NEGATIVE_INFINITY";
                body.addStatement("$T r$LValue = $L", type(element), reduction.value(), least);
            }
        }
    }

    private void reduce(Reduction reduction) {
        int number = inLanes.indexOf(reduction);
        switch (op(reduction)) {
            case Op.Reduce reduce ->
                step(reduce, number >= 0 ? lane(number) : "r" + reduction.value(), text(reduction.line()));
            case Op.ArgMax _ -> largest(reduction);
        }
    }

    private String lane(int number) {
        String variable = Positions.variable(last());
        String distance = start(last()).equals("0") ? variable : "(" + variable + " - " + start(last()) + ")";
        String lane = distance + " & " + (LANES - 1);
        return scratchName() + "[" + (number == 0 ? lane : LANES * number + " + (" + lane + ")") + "]";
    }

    private void largest(Reduction reduction) {
        String name = "r" + reduction.value();
        Text value = text(reduction.line());
        body.beginControlFlow("if ($L > $LValue)", value.in(Binding.SUM), name);
        body.addStatement("$LValue = $L", name, value.code());
        body.addStatement("$L = $L", name, Positions.text(reduction.position(), Offset.ZERO, -1, 0));
        body.endControlFlow();
    }

    private void columns(Kernel.Columns columns) {
        Op.Reduce reduce =
                (Op.Reduce) plan.program().instruction(columns.value()).op();
        ElementType element = plan.program().type(columns.value()).element();
        int opened = 0;
        for (int loop = 0; loop <= last(); loop++) {
            if (columns.result().uses(loop)) {
                body.beginControlFlow(
                        "for (int $1L = $2L; $1L < $3L; $1L++)", Positions.variable(loop), start(loop), end(loop));
                opened++;
            }
        }
        body.addStatement("$L = $L", element(columns.value(), columns.result()), neutral(reduce, element));
        close(opened);
        locals(0, -1);
        open(0, code.rowLoops(), -1);
        open(code.rowLoops(), code.loops().size(), 0);
        Store store = code.passes().getFirst().stores().getFirst();
        step(reduce, element(store.value(), store.offset()), text(store.line()));
        close(code.loops().size());
    }
}
