package org.descentlang.compiler.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.TrainClause;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.names.Declarations;

/** The names under which metrics are reported, and which of their values are better. */
final class Metrics {
    private Metrics() {}

    /** `accuracy`, and `accuracy_2` for a second one. */
    static List<TrainingSpec.Metric> of(List<TrainClause.Metric> clauses, Declarations declarations) {
        var direction = new MetricDirection(declarations);
        var metrics = new ArrayList<TrainingSpec.Metric>();
        var names = new HashSet<String>(Set.of("loss"));
        for (TrainClause.Metric clause : clauses) {
            String measure = measure(clause.value());
            String name = measure;
            for (int i = 2; !names.add(name); i++) {
                name = measure + "_" + i;
            }
            metrics.add(new TrainingSpec.Metric(name, direction.of(clause.value())));
        }
        return metrics;
    }

    private static String measure(Expression metric) {
        return switch (metric) {
            case Expression.Call call -> call.callee().text();
            case Expression.Reference(var name) -> name.text();
            default -> "metric";
        };
    }
}
