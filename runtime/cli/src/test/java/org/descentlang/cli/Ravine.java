package org.descentlang.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.descentlang.compiler.ast.Statement.Role;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Binary;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Read;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.model.DeviceSpec;
import org.descentlang.compiler.model.Hyperparameter;
import org.descentlang.compiler.model.ModelSpec;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.Port;
import org.descentlang.compiler.model.ScheduleSpec;
import org.descentlang.compiler.model.StateSpec;
import org.descentlang.compiler.model.Totals;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.model.UpdateGroup;
import org.descentlang.compiler.model.UpdateSpec;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.train.GradientNorm;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;
import org.descentlang.description.Duration;
import org.descentlang.description.Initializer;
import org.descentlang.description.ProgramRole;
import org.descentlang.description.Range;
import org.descentlang.description.TrainingDescription.ShuffleOrder;

/** `0.5 * sum(p^2)` by momentum, its rate halved at each update, put together by hand. */
final class Ravine {
    private static final Span SPAN = new Span(SourceFile.of("race.opt", "train Ravine {}"), 0, 15);
    private static final TensorType POINT = TensorType.f32(Shape.of(2));

    private Ravine() {}

    static TrainingSpec training() {
        var parameter = new ParameterSpec(
                "p", Role.WEIGHT, Shape.of(2), new Initializer.Values(List.of(-4.0, 1.5)), Optional.empty(), SPAN);
        var group = new UpdateGroup("weights", List.of(parameter));
        var numbers = List.of(
                new Hyperparameter("optimizer.lr", "lr", 0.25, false, SPAN, Range.ANY.from(0)),
                new Hyperparameter("optimizer.α", "α", 0.5, true, SPAN, Range.ANY));
        var update = new UpdateSpec(
                List.of(group),
                List.of(new StateSpec("v", group, 0)),
                List.of(),
                List.of(),
                new UpdateSpec.Rule("momentum", List.of(new ModelSpec.Argument("coupled", "false", true))),
                "v ← α * v - lr * g\nθ ← θ + v");
        return new TrainingSpec(
                "Ravine",
                Optional.of("Down into the valley."),
                model(parameter),
                Optional.empty(),
                Map.of(
                        ProgramRole.GRADIENT, gradient(),
                        ProgramRole.EVALUATION, evaluation(),
                        ProgramRole.UPDATE, update(),
                        ProgramRole.GRADIENT_NORM, GradientNorm.of(update)),
                new Totals(List.of(), new Program("formula", List.of(), List.of())),
                update,
                "value",
                List.of(),
                numbers,
                List.of(halving()),
                OptionalInt.empty(),
                1,
                new Duration(100, Duration.Unit.STEPS),
                ShuffleOrder.EVERY_EPOCH,
                Optional.empty(),
                Optional.empty(),
                0,
                DeviceSpec.of("auto", SPAN),
                false,
                List.of(new TrainingSpec.Default("on nonfinite", "stop")),
                SPAN);
    }

    private static ModelSpec model(ParameterSpec parameter) {
        var value = new Port("value", TensorType.SCALAR, Optional.empty(), SPAN);
        return new ModelSpec(
                "Bowl",
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(value),
                List.of(parameter),
                List.of(),
                List.of(),
                List.of(),
                evaluation(),
                SPAN);
    }

    private static int loss(ProgramBuilder builder, int p) {
        int squares = builder.add(new Binary(BinaryKind.MULTIPLY), p, p);
        int sum = builder.add(new Op.Reduce(Op.Reduction.SUM, List.of(0)), squares);
        int half = builder.add(new Op.Constant(0.5, ElementType.F32));
        return builder.add(new Binary(BinaryKind.MULTIPLY), half, sum);
    }

    private static Program gradient() {
        var builder = new ProgramBuilder("gradient");
        int p = builder.add(new Read(Storage.PARAMETER, "p", POINT));
        builder.output(Sink.RESULT, "loss", loss(builder, p));
        builder.output(Sink.GRADIENT, "p", p);
        return builder.build();
    }

    private static Program evaluation() {
        var builder = new ProgramBuilder("evaluation");
        int p = builder.add(new Read(Storage.PARAMETER, "p", POINT));
        builder.output(Sink.RESULT, "loss", loss(builder, p));
        return builder.build();
    }

    private static Program update() {
        var builder = new ProgramBuilder("update");
        int p = builder.add(new Read(Storage.PARAMETER, "weights", POINT));
        int g = builder.add(new Read(Storage.GRADIENT, "weights", POINT));
        int v = builder.add(new Read(Storage.STATE, "v@weights", POINT));
        int faded = builder.add(new Binary(BinaryKind.MULTIPLY), scalar(builder, "optimizer.α"), v);
        int step = builder.add(new Binary(BinaryKind.MULTIPLY), scalar(builder, "optimizer.lr"), g);
        int velocity = builder.add(new Binary(BinaryKind.SUBTRACT), faded, step);
        builder.output(Sink.STATE, "v@weights", velocity);
        builder.output(Sink.PARAMETER, "weights", builder.add(new Binary(BinaryKind.ADD), p, velocity));
        return builder.build();
    }

    private static int scalar(ProgramBuilder builder, String path) {
        int value = builder.add(new Read(Storage.SCALAR, path, TensorType.SCALAR));
        return builder.add(new Op.Broadcast(Shape.of(2), List.of()), value);
    }

    private static ScheduleSpec halving() {
        var builder = new ProgramBuilder("schedule");
        int base = builder.add(new Read(Storage.SCALAR, "base", TensorType.SCALAR));
        int t = builder.add(new Read(Storage.SCALAR, "t", TensorType.SCALAR));
        int half = builder.add(new Op.Constant(0.5, ElementType.F32));
        int factor = builder.add(new Binary(BinaryKind.POWER), half, t);
        builder.output(Sink.RESULT, "value", builder.add(new Binary(BinaryKind.MULTIPLY), base, factor));
        var segment = new ScheduleSpec.Segment(
                "halving", "halving", List.of(), builder.build(), Duration.REST, List.of(), SPAN);
        return new ScheduleSpec("lr = halving", List.of("optimizer.lr"), List.of(segment), SPAN);
    }
}
