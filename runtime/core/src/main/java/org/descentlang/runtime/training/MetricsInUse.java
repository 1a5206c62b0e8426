package org.descentlang.runtime.training;

import java.util.ArrayList;
import java.util.List;
import org.descentlang.description.MetricReference;
import org.descentlang.description.StopCondition;
import org.descentlang.description.TrainingDescription;

/** The metrics that `stop` and `keep` look at. */
final class MetricsInUse {
    private MetricsInUse() {}

    static List<MetricReference> of(TrainingDescription description) {
        List<MetricReference> metrics = new ArrayList<>();
        description.stop().ifPresent(condition -> collect(condition, metrics));
        description.keep().ifPresent(metrics::add);
        return metrics;
    }

    private static void collect(StopCondition condition, List<MetricReference> metrics) {
        switch (condition) {
            case StopCondition.Stalls(var metric, var _) -> metrics.add(metric);
            case StopCondition.Compare(var metric, var _, var _) -> metrics.add(metric);
            case StopCondition.After _ -> {}
            case StopCondition.And(var left, var right) -> {
                collect(left, metrics);
                collect(right, metrics);
            }
            case StopCondition.Or(var left, var right) -> {
                collect(left, metrics);
                collect(right, metrics);
            }
        }
    }
}
