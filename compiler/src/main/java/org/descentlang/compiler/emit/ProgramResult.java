package org.descentlang.compiler.emit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.model.Totals;
import org.descentlang.compiler.plan.Plan;

/**
 * What a program of a step leaves for the host.
 *
 * @param tensor a statistic of several numbers, which are in its slab; otherwise the value is a number
 */
record ProgramResult(int value, Optional<Totals.Statistic> tensor) {
    /** In the order in which a step returns them: the loss or the like, then the statistics as the totals have them. */
    static List<ProgramResult> of(Plan plan, Totals totals) {
        Map<String, Integer> values = new LinkedHashMap<>();
        for (Output output : plan.program().outputs()) {
            if (output.sink() == Output.Sink.RESULT) {
                values.put(output.name(), output.value());
            }
        }
        var results = new ArrayList<ProgramResult>();
        values.forEach((name, value) -> {
            if (!totals.has(name)) {
                results.add(new ProgramResult(value, Optional.empty()));
            }
        });
        for (Totals.Statistic statistic : totals.statistics()) {
            Optional.ofNullable(values.get(statistic.name()))
                    .map(value -> new ProgramResult(value, tensor(statistic)))
                    .ifPresent(results::add);
        }
        return results;
    }

    private static Optional<Totals.Statistic> tensor(Totals.Statistic statistic) {
        return Optional.of(statistic).filter(found -> !found.shape().isScalar());
    }
}
