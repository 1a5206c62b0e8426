package org.descentlang.compiler.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.descentlang.compiler.ast.Declaration.Kind;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.TrainClause;
import org.descentlang.compiler.check.Declarations;
import org.descentlang.compiler.model.TrainingSpec;

/** The names under which metrics are reported and which way they get better. */
final class Metrics {
    private static final Set<String> ERRORS = Set.of("rmse", "error", "loss", "perplexity");

    private final Declarations declarations;

    Metrics(Declarations declarations) {
        this.declarations = declarations;
    }

    /** `accuracy`, and `accuracy_2` for a second one. */
    List<TrainingSpec.Metric> of(List<TrainClause.Metric> clauses) {
        var metrics = new ArrayList<TrainingSpec.Metric>();
        var names = new HashSet<String>(Set.of("loss"));
        for (TrainClause.Metric clause : clauses) {
            String measure = measure(clause.value());
            String name = measure;
            for (int i = 2; !names.add(name); i++) {
                name = measure + "_" + i;
            }
            metrics.add(new TrainingSpec.Metric(name, largerIsBetter(measure)));
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

    /** What may be minimised, and what is called an error, is better when it is smaller; anything else when it is larger. */
    private boolean largerIsBetter(String measure) {
        boolean isLoss = declarations.definition(Kind.LOSS, measure).isPresent();
        return !isLoss && ERRORS.stream().noneMatch(error -> measure.equals(error) || measure.endsWith("_" + error));
    }
}
