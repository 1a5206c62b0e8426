package org.descentlang.compiler.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.model.Totals;
import org.descentlang.compiler.model.Totals.Statistic;
import org.descentlang.compiler.train.BatchDependence.Kind;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.TensorType;

/**
 * Cuts metrics into what is merged over the batches of a split and what is computed once from the totals, so that a
 * metric is the same whatever the batch.
 *
 * <pre>
 * %9  = reduce sum %8             RESULT statistic.0       %0 = read SCALAR statistic.0
 * %10 = extent batch       ──▶    RESULT statistic.1   +   %1 = read SCALAR statistic.1
 * %11 = divide %9, %10                                     %2 = divide %0, %1
 * %12 = sqrt %11                                           %3 = sqrt %2        RESULT rmse
 * </pre>
 */
final class MetricCut {
    private record Computed(Op op, List<Integer> operands) {}

    private final Program whole;
    private final BatchDependence dependence;
    private final ProgramBuilder evaluation;
    private final ProgramBuilder formula = new ProgramBuilder("formula");
    private final List<Statistic> statistics = new ArrayList<>();
    private final Map<Computed, Integer> reads = new HashMap<>();

    private MetricCut(Program whole, BatchDependence dependence) {
        this.whole = whole;
        this.dependence = dependence;
        this.evaluation = new ProgramBuilder(whole.name());
    }

    /** The evaluation of a batch, and what its statistics come to. */
    record Cut(Program evaluation, Totals totals) {}

    /**
     * @param whole has the RESULTs `loss` and one for each metric, as if the batch were the split
     * @param dependence none of the metrics is MIXED
     */
    static Cut of(Program whole, BatchDependence dependence) {
        return new MetricCut(whole, dependence).cut();
    }

    /** The loss is a mean over examples, by which it is weighted; everything else is a metric. */
    static boolean isMetric(Output output) {
        return output.sink() == Output.Sink.RESULT && !output.name().equals("loss");
    }

    private Cut cut() {
        for (Instruction instruction : whole.instructions()) {
            evaluation.at(instruction.origin());
            evaluation.add(instruction.op(), instruction.operands());
        }
        boolean[] needed = needed();
        int[] places = new int[whole.size()];
        for (int value = 0; value < places.length; value++) {
            if (needed[value]) {
                places[value] = isComputedOnce(value) ? copy(value, places) : read(value);
            }
        }
        for (Output output : whole.outputs()) {
            if (isMetric(output)) {
                formula.output(output.sink(), output.name(), places[output.value()]);
            } else {
                evaluation.output(output.sink(), output.name(), output.value());
            }
        }
        return new Cut(evaluation.build(), new Totals(statistics, formula.build()));
    }

    /** What the formula computes or reads. */
    private boolean[] needed() {
        boolean[] needed = new boolean[whole.size()];
        whole.outputs().stream().filter(MetricCut::isMetric).forEach(output -> needed[output.value()] = true);
        for (int value = whole.size() - 1; value >= 0; value--) {
            if (needed[value] && isComputedOnce(value)) {
                whole.instruction(value).operands().forEach(operand -> needed[operand] = true);
            }
        }
        return needed;
    }

    private boolean isComputedOnce(int value) {
        return switch (dependence.kind(value)) {
            case FIXED, TOTAL -> true;
            case STATE, STATISTIC -> false;
            case EXAMPLES, MIXED -> throw new IllegalArgumentException("%" + value + " has no total");
        };
    }

    private int copy(int value, int[] places) {
        Instruction instruction = whole.instruction(value);
        formula.at(instruction.origin());
        return formula.add(
                instruction.op(),
                instruction.operands().stream().map(operand -> places[operand]).toList());
    }

    /** Equal statistics, such as the number of examples, are one. */
    private int read(int value) {
        Instruction instruction = whole.instruction(value);
        formula.at(instruction.origin());
        return reads.computeIfAbsent(new Computed(instruction.op(), instruction.operands()), _ -> statistic(value));
    }

    /** Totals are floating point; whole numbers and truths are on their way. */
    private int statistic(int value) {
        TensorType type = whole.type(value);
        String name = "statistic." + statistics.size();
        statistics.add(new Statistic(name, type.shape(), dependence.merge(value)));
        boolean real = type.element() == ElementType.F32;
        evaluation.at(whole.instruction(value).origin());
        evaluation.output(Output.Sink.RESULT, name, real ? value : evaluation.add(new Op.Cast(ElementType.F32), value));
        var storage = type.isScalar() ? Op.Storage.SCALAR : Op.Storage.INPUT;
        int read = formula.add(new Op.Read(storage, name, type.as(ElementType.F32)));
        return real ? read : formula.add(new Op.Cast(type.element()), read);
    }

    /** The metrics that cannot be cut, each with the instruction where rows first depend on other rows. */
    static Map<String, Integer> mixed(Program whole, BatchDependence dependence) {
        var mixed = new HashMap<String, Integer>();
        for (Output output : whole.outputs()) {
            if (isMetric(output) && dependence.kind(output.value()) == Kind.MIXED) {
                mixed.put(output.name(), dependence.firstMixed(output.value()));
            }
        }
        return mixed;
    }
}
