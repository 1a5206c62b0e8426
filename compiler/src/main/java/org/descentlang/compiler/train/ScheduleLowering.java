package org.descentlang.compiler.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.descentlang.compiler.ast.TrainClause;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.lower.Elaboration;
import org.descentlang.compiler.lower.ExpressionLowering;
import org.descentlang.compiler.model.Hyperparameter;
import org.descentlang.compiler.model.ScheduleSpec;
import org.descentlang.compiler.model.ScheduleSpec.Segment;
import org.descentlang.description.Duration;
import org.descentlang.description.NumberText;

/** `schedule lr = warmup(100 steps) then cosine(to = 1e-5)`: what it drives and a program for each piece. */
final class ScheduleLowering {
    private final Supplier<Elaboration> elaborations;
    private final ScheduleTargets targets;
    private final Timeline timeline;

    /** @param elaborations a new program called `schedule` each time */
    ScheduleLowering(Supplier<Elaboration> elaborations, ScheduleTargets targets, Timeline timeline) {
        this.elaborations = elaborations;
        this.targets = targets;
        this.timeline = timeline;
    }

    Optional<ScheduleSpec> lower(TrainClause.Schedule clause) {
        List<Hyperparameter> driven = targets.resolve(clause.target());
        var binding = new SegmentBinding(new ExpressionLowering(elaborations.get()));
        Optional<List<SegmentUse>> uses = binding.bind(clause.value());
        if (uses.isEmpty() || !reachable(uses.get())) {
            return Optional.empty();
        }
        var segments = new ArrayList<Segment>();
        int count = uses.get().size();
        for (int i = 0; i < count; i++) {
            Duration length = i == count - 1 ? Duration.REST : uses.get().get(i).length();
            var segment = new SegmentLowering(elaborations.get());
            segment.lower(uses.get().subList(0, i + 1), length).ifPresent(segments::add);
        }
        if (driven.isEmpty() || segments.size() < count) {
            return Optional.empty();
        }
        new SegmentEnds(timeline).apart(segments, driven.getFirst().value()).forEach(this::report);
        List<String> paths = driven.stream().map(Hyperparameter::path).toList();
        return Optional.of(new ScheduleSpec(clause.value().span().text(), paths, segments, clause.span()));
    }

    /** Whether every piece starts before the run ends, as far as that can be told. */
    private boolean reachable(List<SegmentUse> uses) {
        double elapsed = 0;
        for (int i = 1; i < uses.size(); i++) {
            SegmentUse before = uses.get(i - 1);
            SegmentUse use = uses.get(i);
            if (before.length().equals(Duration.REST)) {
                report(neverStarts(use, "`%s` before it lasts for the rest of the run".formatted(before.text()))
                        .also(before.span(), "give it a length with `over`"));
                return false;
            }
            OptionalDouble length = timeline.ofRun(before.length());
            if (length.isEmpty()) {
                return true;
            }
            elapsed += length.getAsDouble();
            if (elapsed >= timeline.total().amount()) {
                String unit = timeline.total().unit().name().toLowerCase(Locale.ROOT);
                report(neverStarts(
                        use,
                        "the run ends after %s, but %s %s come before it"
                                .formatted(timeline.total(), NumberText.of(elapsed), unit)));
                return false;
            }
        }
        return true;
    }

    private static Problem neverStarts(SegmentUse use, String why) {
        return Problem.at(use.span(), Code.UNREACHABLE_SEGMENT, "`%s` never starts: %s".formatted(use.text(), why));
    }

    private void report(Problem problem) {
        elaborations.get().report(problem);
    }
}
