package org.descentlang.compiler.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Loop;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;
import org.descentlang.description.TrainingDescription.Merge;

/** How each value of an evaluation program depends on the examples of the batch. */
final class BatchDependence {
    enum Kind {
        /** Known from the file and the hyperparameters. */
        FIXED,
        /** Depends on parameters or running state, and on no example. */
        STATE,
        /** A row for each example, which depends on no other example. */
        EXAMPLES,
        /** Made of all examples so that the values of two batches can be merged: a sum, a largest value. */
        STATISTIC,
        /** Computed from statistics. */
        TOTAL,
        /** Everything else: an example's row that depends on the other examples of its batch. */
        MIXED
    }

    private final Program program;
    private final Map<Loop.Slot, Kind> slots;
    private final List<Kind> kinds = new ArrayList<>();

    /**
     * @param modelSize instructions before this one make the model. What a model does with the other examples of a
     *     batch is its own affair: its predictions are what metrics are about.
     */
    BatchDependence(Program program, int modelSize) {
        this(program, modelSize, Map.of());
    }

    private BatchDependence(Program program, int modelSize, Map<Loop.Slot, Kind> slots) {
        this.program = program;
        this.slots = slots;
        for (int value = 0; value < program.size(); value++) {
            Kind kind = find(value);
            boolean predicted = kind == Kind.MIXED && value < modelSize && batchAxes(shape(value)) == 1;
            kinds.add(predicted ? Kind.EXAMPLES : kind);
        }
    }

    Kind kind(int value) {
        return kinds.get(value);
    }

    /** Of a STATISTIC or STATE. */
    Merge merge(int value) {
        if (kind(value) == Kind.STATE) {
            return Merge.SAME;
        }
        return switch (program.instruction(value).op()) {
            case Op.Reduce reduce -> merge(reduce.reduction());
            case Op.MatMul _, Op.ScatterAdd _, Op.Convolve _, Op.Extent _ -> Merge.SUM;
            case Op.Read _, Op.Constant _, Op.Iota _, Op.ElementWise _, Op.View _, Op.Region _ -> noStatistic(value);
            case Op.ArgMax _, Op.Assembling _, Op.Random _, Op.Gather _ -> noStatistic(value);
            case Op.WindowArgMax _, Op.Pick _, Op.PutBack _ -> noStatistic(value);
        };
    }

    private static Merge merge(Op.Reduction reduction) {
        return switch (reduction) {
            case SUM -> Merge.SUM;
            case PRODUCT -> Merge.PRODUCT;
            case MAXIMUM -> Merge.MAXIMUM;
            case MINIMUM -> Merge.MINIMUM;
        };
    }

    private Merge noStatistic(int value) {
        throw new IllegalArgumentException(program.instruction(value) + " is no statistic");
    }

    /** The instruction that first mixes what a MIXED value is made of. */
    int firstMixed(int value) {
        return program.instruction(value).operands().stream()
                .filter(operand -> kind(operand) == Kind.MIXED)
                .findFirst()
                .map(this::firstMixed)
                .orElse(value);
    }

    private Kind find(int value) {
        Instruction instruction = program.instruction(value);
        return switch (instruction.op()) {
            case Op.Leaf leaf -> leaf(leaf);
            case Op.Random random -> batchAxis(random.shape()) < 0 ? Kind.STATE : Kind.EXAMPLES;
            case Op.ElementWise _, Op.View _, Op.Reducing _, Op.Assembling _, Op.Call _ -> ofOperands(instruction);
            case Op.Scan scan ->
                ofLoop(scan, instruction.operands().stream().map(this::kind).toList());
        };
    }

    private Kind ofOperands(Instruction instruction) {
        List<Kind> operands = instruction.operands().stream().map(this::kind).toList();
        boolean examples = operands.contains(Kind.EXAMPLES);
        boolean totals = operands.contains(Kind.STATISTIC) || operands.contains(Kind.TOTAL);
        if (operands.contains(Kind.MIXED) || examples && totals) {
            return Kind.MIXED;
        }
        if (examples) {
            return ofExamples(instruction);
        }
        Kind whole = operands.stream().allMatch(kind -> kind == Kind.FIXED) ? Kind.FIXED : Kind.STATE;
        return switch (batchAxes(instruction.type().shape())) {
            case 0 -> totals ? Kind.TOTAL : whole;
            case 1 -> totals ? Kind.MIXED : Kind.EXAMPLES;
            default -> Kind.MIXED;
        };
    }

    /** What is carried depends on all that any turn made it depend on. */
    private static Kind ofLoop(Op.Scan scan, List<Kind> operands) {
        Loop loop = scan.loop();
        var kinds = new HashMap<Loop.Slot, Kind>();
        for (int i = 0; i < operands.size(); i++) {
            kinds.put(loop.slots().get(i), operands.get(i));
        }
        Map<Loop.Slot, Kind> before = Map.of();
        var body = new BatchDependence(loop.body(), 0, kinds);
        while (!before.equals(kinds)) {
            before = Map.copyOf(kinds);
            body = new BatchDependence(loop.body(), 0, before);
            for (Output output : loop.body().outputs()) {
                if (output.sink() == Output.Sink.CARRIED) {
                    var slot = new Loop.Slot(Op.Storage.CARRIED, output.name());
                    kinds.merge(slot, body.kind(output.value()), BatchDependence::either);
                }
            }
        }
        Kind kind =
                body.kind(loop.output(scan.sink(), scan.result()).orElseThrow().value());
        return kind == Kind.STATISTIC || kind == Kind.TOTAL ? Kind.MIXED : kind;
    }

    private static Kind either(Kind a, Kind b) {
        boolean plain = a.compareTo(Kind.EXAMPLES) <= 0 && b.compareTo(Kind.EXAMPLES) <= 0;
        return plain ? (a.compareTo(b) < 0 ? b : a) : a == b ? a : Kind.MIXED;
    }

    private Kind leaf(Op.Leaf leaf) {
        int axis = batchAxis(leaf.type().shape());
        return switch (leaf) {
            case Op.Constant _ -> Kind.FIXED;
            case Op.Extent extent ->
                switch (extent.dim().power()) {
                    case 0 -> Kind.FIXED;
                    case 1 -> Kind.STATISTIC;
                    default -> Kind.MIXED;
                };
            case Op.Iota iota when axis >= 0 -> iota.axis() == axis ? Kind.MIXED : Kind.EXAMPLES;
            case Op.Iota _ -> Kind.FIXED;
            case Op.Read read ->
                switch (read.storage()) {
                    case SCALAR -> Kind.FIXED;
                    case INPUT -> axis < 0 ? Kind.STATE : Kind.EXAMPLES;
                    case PARAMETER, RUNNING, GRADIENT, STATE -> Kind.STATE;
                    case CARRIED, SHARED, ELEMENT ->
                        slots.getOrDefault(new Loop.Slot(read.storage(), read.name()), Kind.MIXED);
                };
        };
    }

    /** At least one operand has rows of examples, and none depends on a statistic. */
    private Kind ofExamples(Instruction instruction) {
        int operand = batchAxis(shape(instruction.operand(0)));
        Kind rows = batchAxes(instruction.type().shape()) == 1 ? Kind.EXAMPLES : Kind.MIXED;
        return switch (instruction.op()) {
            case Op.ElementWise _, Op.Broadcast _, Op.Transpose _ -> rows;
            case Op.Reshape _ ->
                keepsRows(shape(instruction.operand(0)), instruction.type().shape());
            case Op.Slice slice -> slice.axis() == operand ? Kind.MIXED : rows;
            case Op.Pad pad -> pad.axis() == operand ? Kind.MIXED : rows;
            case Op.Concat concat -> concat.axis() == operand ? Kind.MIXED : rows;
            case Op.ArgMax argMax -> argMax.axis() == operand ? Kind.MIXED : rows;
            case Op.Reduce reduce -> reduce.axes().contains(operand) ? statistic(instruction) : rows;
            case Op.MatMul matMul -> addsUpExamples(matMul, instruction) ? statistic(instruction) : rows;
            case Op.Gather _ -> operand >= 0 ? Kind.MIXED : rows;
            case Op.ScatterAdd _ -> operand == 0 ? statistic(instruction) : Kind.MIXED;
            case Op.Convolve convolve when convolve.part() == Op.Part.BY_WEIGHTS -> statistic(instruction);
            case Op.Convolve _, Op.WindowArgMax _, Op.Pick _, Op.PutBack _ -> operand == 0 ? rows : Kind.MIXED;
            case Op.Leaf _, Op.Random _, Op.Region _ ->
                throw new IllegalArgumentException(instruction + " has no operands");
        };
    }

    private static Kind statistic(Instruction instruction) {
        return instruction.type().shape().isFixed() ? Kind.STATISTIC : Kind.MIXED;
    }

    /** Whether the axis that a product sums over is that of the examples. */
    private boolean addsUpExamples(Op.MatMul matMul, Instruction instruction) {
        Shape left = shape(instruction.operand(0));
        return batchAxis(left) == left.rank() - (matMul.transposeLeft() ? 2 : 1);
    }

    /** Whether each example's elements stay together, in the place of the example. */
    private static Kind keepsRows(Shape from, Shape to) {
        int axis = batchAxis(from);
        boolean same = axis == batchAxis(to)
                && batchAxes(to) == 1
                && from.dims().subList(0, axis).equals(to.dims().subList(0, axis))
                && (axis == 0 || from.dim(axis).equals(to.dim(axis)));
        return same ? Kind.EXAMPLES : Kind.MIXED;
    }

    private Shape shape(int value) {
        return program.type(value).shape();
    }

    /** How often `batch` is a factor of the size. */
    private static int batchAxes(Shape shape) {
        return shape.dims().stream().mapToInt(Dim::power).sum();
    }

    /** -1 if there is none. */
    private static int batchAxis(Shape shape) {
        return IntStream.range(0, shape.rank())
                .filter(axis -> !shape.dim(axis).isFixed())
                .findFirst()
                .orElse(-1);
    }
}
