package org.descentlang.compiler.emit;

import static org.descentlang.compiler.emit.text.RuntimeNames.DURATION;
import static org.descentlang.compiler.emit.text.RuntimeNames.DURATION_UNIT;
import static org.descentlang.compiler.emit.text.RuntimeNames.INITIALIZER;
import static org.descentlang.compiler.emit.text.RuntimeNames.METRIC_REFERENCE;
import static org.descentlang.compiler.emit.text.RuntimeNames.PARAMETER_DESCRIPTION;
import static org.descentlang.compiler.emit.text.RuntimeNames.RANGE;
import static org.descentlang.compiler.emit.text.RuntimeNames.RUNNING_DESCRIPTION;
import static org.descentlang.compiler.emit.text.RuntimeNames.SCHEDULE_DESCRIPTION;
import static org.descentlang.compiler.emit.text.RuntimeNames.SCHEDULE_SEGMENT;
import static org.descentlang.compiler.emit.text.RuntimeNames.STOP_CONDITION;
import static org.descentlang.compiler.emit.text.RuntimeNames.TRAINING_DESCRIPTION;

import com.palantir.javapoet.CodeBlock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.descentlang.compiler.emit.text.DoubleText;
import org.descentlang.compiler.emit.text.FloatText;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.model.Hyperparameter;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.RunningSpec;
import org.descentlang.compiler.model.ScheduleSpec;
import org.descentlang.compiler.type.Shape;
import org.descentlang.description.Duration;
import org.descentlang.description.Initializer;
import org.descentlang.description.MetricReference;
import org.descentlang.description.Range;
import org.descentlang.description.StopCondition;

/** Specifications as expressions that make the runtime's descriptions. */
final class Descriptions {
    private Descriptions() {}

    static CodeBlock parameter(ParameterSpec parameter, long offset) {
        return CodeBlock.of(
                "new $T($S, $S, $L,$W$L, $L)",
                PARAMETER_DESCRIPTION,
                parameter.path(),
                parameter.role().keyword(),
                sizes(parameter.shape()),
                offset,
                initializer(parameter.initial()));
    }

    static CodeBlock running(RunningSpec state, long offset) {
        return CodeBlock.of(
                "new $T($S, $L, $L, $L)",
                RUNNING_DESCRIPTION,
                state.path(),
                sizes(state.shape()),
                offset,
                FloatText.literal(state.initial(), org.descentlang.compiler.type.ElementType.F32)
                        .code());
    }

    static CodeBlock sizes(Shape shape) {
        var sizes = shape.dims().stream()
                .map(dim -> CodeBlock.of("$L", dim.fixed()))
                .toList();
        return CodeBlock.of("$T.of($L)", List.class, Positions.list(sizes));
    }

    private static CodeBlock initializer(Initializer initial) {
        return switch (initial) {
            case Initializer.Constant constant -> made("Constant", constant.value());
            case Initializer.Values values ->
                CodeBlock.of("new $T($L)", INITIALIZER.nestedClass("Values"), ListMethods.numbers(values.values()));
            case Initializer.Uniform uniform -> made("Uniform", uniform.low(), uniform.high());
            case Initializer.Normal normal -> made("Normal", normal.mean(), normal.deviation());
            case Initializer.TruncatedNormal normal ->
                made("TruncatedNormal", normal.mean(), normal.deviation(), normal.cut());
            case Initializer.Orthogonal orthogonal -> made("Orthogonal", orthogonal.gain());
        };
    }

    private static CodeBlock made(String kind, double... numbers) {
        var items = Arrays.stream(numbers)
                .mapToObj(number -> DoubleText.literal(number).code())
                .toList();
        return CodeBlock.of("new $T($L)", INITIALIZER.nestedClass(kind), Positions.list(items));
    }

    static CodeBlock duration(Duration duration) {
        return CodeBlock.of(
                "new $T($L, $T.$L)",
                DURATION,
                DoubleText.literal(duration.amount()).code(),
                DURATION_UNIT,
                duration.unit().name());
    }

    static CodeBlock schedule(ScheduleSpec schedule, List<Hyperparameter> hyperparameters) {
        var paths = hyperparameters.stream().map(Hyperparameter::path).toList();
        var targets = schedule.targets().stream()
                .map(target -> CodeBlock.of("$L", paths.indexOf(target)))
                .toList();
        var segments = schedule.segments().stream().map(Descriptions::segment).toList();
        return CodeBlock.of(
                "new $T($S, $T.of($L),$W$T.of($L))",
                SCHEDULE_DESCRIPTION,
                schedule.text(),
                List.class,
                Positions.list(targets),
                List.class,
                Positions.list(segments));
    }

    private static CodeBlock segment(ScheduleSpec.Segment segment) {
        var durations = segment.durations().stream().map(Descriptions::duration).toList();
        return CodeBlock.of(
                "new $T($S,$W$L,$W$T.of($L))",
                SCHEDULE_SEGMENT,
                segment.text(),
                duration(segment.length()),
                List.class,
                Positions.list(durations));
    }

    static CodeBlock hyperparameter(Hyperparameter number) {
        var code = CodeBlock.builder()
                .add(
                        "new $T($S, $L, $L)",
                        TRAINING_DESCRIPTION.nestedClass("HyperparameterDescription"),
                        number.path(),
                        DoubleText.literal(number.value()).code(),
                        range(number.range()));
        number.orders().forEach(order -> code.add(".$L($S)", order.strict() ? "below" : "atMost", order.larger()));
        return code.build();
    }

    /** `Range.ANY.from(0.0).below(1.0)`. */
    private static CodeBlock range(Range range) {
        var code = CodeBlock.builder().add("$T.ANY", RANGE);
        if (range.whole()) {
            code.add(".ofWholeNumbers()");
        }
        if (range.hasLow()) {
            String word = range.lowIncluded() ? "from" : "above";
            code.add(".$L($L)", word, DoubleText.literal(range.low()).code());
        }
        if (range.hasHigh()) {
            String word = range.highIncluded() ? "to" : "below";
            code.add(".$L($L)", word, DoubleText.literal(range.high()).code());
        }
        return code.build();
    }

    static CodeBlock metric(MetricReference metric) {
        return CodeBlock.of(
                "new $T($S, $S, $L)", METRIC_REFERENCE, metric.split(), metric.metric(), metric.largerIsBetter());
    }

    static CodeBlock stop(StopCondition stop) {
        return switch (stop) {
            case StopCondition.Stalls stalls ->
                condition("Stalls", metric(stalls.metric()), duration(stalls.duration()));
            case StopCondition.Compare compare ->
                condition(
                        "Compare",
                        metric(compare.metric()),
                        CodeBlock.of(
                                "$T.$L",
                                STOP_CONDITION.nestedClass("Relation"),
                                compare.relation().name()),
                        DoubleText.literal(compare.value()).code());
            case StopCondition.After after -> condition("After", duration(after.duration()));
            case StopCondition.And and -> condition("And", stop(and.left()), stop(and.right()));
            case StopCondition.Or or -> condition("Or", stop(or.left()), stop(or.right()));
        };
    }

    private static CodeBlock condition(String kind, CodeBlock... arguments) {
        return CodeBlock.of("new $T($L)", STOP_CONDITION.nestedClass(kind), Positions.list(List.of(arguments)));
    }

    static <T> CodeBlock optional(Optional<T> value, Function<T, CodeBlock> code) {
        return value.map(present -> CodeBlock.of("$T.of($L)", Optional.class, code.apply(present)))
                .orElseGet(() -> CodeBlock.of("$T.empty()", Optional.class));
    }
}
