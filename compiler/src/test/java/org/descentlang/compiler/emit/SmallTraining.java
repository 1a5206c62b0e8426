package org.descentlang.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.descentlang.compiler.ast.Direction;
import org.descentlang.compiler.ast.Statement.Role;
import org.descentlang.compiler.autodiff.Gradient;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.Reader;
import org.descentlang.compiler.model.CheckedUnit;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.model.DataSpec.Content;
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
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;
import org.descentlang.description.DataSource;
import org.descentlang.description.Duration;
import org.descentlang.description.Initializer;
import org.descentlang.description.ProgramRole;
import org.descentlang.description.Range;
import org.descentlang.description.TrainingDescription.Merge;
import org.descentlang.description.TrainingDescription.ShuffleOrder;

/**
 * A checked file made by hand: two layers with dropout, cross-entropy, momentum with a clip of the global norm, a
 * schedule; data that is random.
 */
final class SmallTraining {
    private static final SourceFile SOURCE = SourceFile.of("small.opt", """
            hidden = image |> dense(8) |> relu |> dropout(0.2)
            output scores = dense(hidden, 3)
            loss cross_entropy(scores, digit)
            metric accuracy(scores, digit)
            clip global_norm(1.0)
            v ← α * v - lr * g
            θ ← θ + v
            schedule lr = cosine(to = 0)
            image = columns(0 .. 4) / 16
            """);

    private static final String FORWARD = """
            program "forward"
            %x = read input "image" : f32[batch, 5]
            %w1 = read parameter "hidden.w" : f32[5, 8]
            %b1 = read parameter "hidden.b" : f32[8]
            %w2 = read parameter "scores.w" : f32[8, 3]
            %b2 = read parameter "scores.b" : f32[3]
            %xw = matmul %x, %w1
            %b1s = broadcast axes=[1] %b1 : f32[batch, 8]
            %pre = add %xw, %b1s
            %zero = constant 0.0 : f32
            %zeros = broadcast axes=[] %zero : f32[batch, 8]
            %below = compare less_or_equal %pre, %zeros
            %relu = select %below, %zeros, %pre
            """;

    private static final String DROPOUT = """
            %rate = read scalar "hidden.dropout.rate" : f32
            %random = random uniform place=1 : f32[batch, 8]
            %rates = broadcast axes=[] %rate : f32[batch, 8]
            %keep = compare greater_or_equal %random, %rates
            %one = constant 1.0 : f32
            %kept = subtract %one, %rate
            %scale = divide %one, %kept
            %scales = broadcast axes=[] %scale : f32[batch, 8]
            %mask = select %keep, %scales, %zeros
            %hidden = multiply %relu, %mask
            """;

    private static final String SCORES = """
            %hw = matmul HIDDEN, %w2
            %b2s = broadcast axes=[1] %b2 : f32[batch, 3]
            %scores = add %hw, %b2s
            """;

    private static final String LOSS = """
            %digit = read input "digit" : i32[batch]
            %largest = reduce maximum axes=[1] %scores
            %largests = broadcast axes=[0] %largest : f32[batch, 3]
            %shifted = subtract %scores, %largests
            %exp = exp %shifted
            %sum = reduce sum axes=[1] %exp
            %log = log %sum
            %logs = broadcast axes=[0] %log : f32[batch, 3]
            %log_probability = subtract %shifted, %logs
            %class = iota axis=1 : i32[batch, 3]
            %digits = broadcast axes=[0] %digit : i32[batch, 3]
            %is = compare equal %class, %digits
            %zero3 = broadcast axes=[] %zero : f32[batch, 3]
            %own = select %is, %log_probability, %zero3
            %total = reduce sum axes=[0, 1] %own
            %batch = extent size=batch
            %mean = divide %total, %batch
            %loss = negate %mean
            output result "loss" = %loss
            """;

    private static final String METRIC = """
            %best = argmax axis=1 %scores
            %right = compare equal %best, %digit
            %rights = cast %right : f32[batch]
            %count = reduce sum axes=[0] %rights
            output result "statistic.0" = %count
            output result "statistic.1" = %batch
            """;

    private static final String UPDATE = """
            program "update"
            %w = read parameter "weight" : f32[64]
            %gw = read gradient "weight" : f32[64]
            %vw = read state "v@weight" : f32[64]
            %b = read parameter "bias" : f32[11]
            %gb = read gradient "bias" : f32[11]
            %vb = read state "v@bias" : f32[11]
            %lr = read scalar "optimizer.lr" : f32
            %alpha = read scalar "optimizer.α" : f32
            %max = read scalar "clip.global_norm.max" : f32
            %gw2 = multiply %gw, %gw
            %sw = reduce sum axes=[0] %gw2
            %gb2 = multiply %gb, %gb
            %sb = reduce sum axes=[0] %gb2
            %s = add %sw, %sb
            %norm = sqrt %s
            %ratio = divide %max, %norm
            %one = constant 1.0 : f32
            %factor = minimum %one, %ratio
            """;

    private static final String UPDATE_GROUP = """
            %fG = broadcast axes=[] %factor : f32[N]
            %cG = multiply %gG, %fG
            %aG = broadcast axes=[] %alpha : f32[N]
            %mG = multiply %aG, %vG
            %lG = broadcast axes=[] %lr : f32[N]
            %dG = multiply %lG, %cG
            %nG = subtract %mG, %dG
            %tG = add %G, %nG
            output state "v@NAME" = %nG
            output parameter "NAME" = %tG
            """;

    private static final String COSINE = """
            program "cosine"
            %base = read scalar "base" : f32
            %t = read scalar "t" : f32
            %over = read scalar "duration.0" : f32
            %part = divide %t, %over
            %pi = constant 3.141592653589793 : f32
            %angle = multiply %part, %pi
            %cos = cos %angle
            %one = constant 1.0 : f32
            %up = add %one, %cos
            %half = constant 0.5 : f32
            %factor = multiply %half, %up
            %value = multiply %base, %factor
            output result "value" = %value
            """;

    private static final String SIXTEENTH = """
            program "convert"
            %x = read input "columns" : f32[batch, 5]
            %sixteen = constant 16.0 : f32
            %sixteens = broadcast axes=[] %sixteen : f32[batch, 5]
            %value = divide %x, %sixteens
            output result "value" = %value
            """;

    private SmallTraining() {}

    /** @param batch 0 for `batch full` */
    static CheckedUnit unit(int batch) {
        TrainingSpec training = training(batch);
        return new CheckedUnit(
                "samples.small",
                "small.opt",
                List.of(training.data().orElseThrow()),
                List.of(training.model()),
                List.of(training));
    }

    static TrainingSpec training(int batch) {
        var model = model();
        var groups = List.of(
                new UpdateGroup(
                        "weight",
                        List.of(model.parameters().get(0), model.parameters().get(2))),
                new UpdateGroup(
                        "bias",
                        List.of(model.parameters().get(1), model.parameters().get(3))));
        var states = groups.stream().map(group -> new StateSpec("v", group, 0)).toList();
        var update = new UpdateSpec(
                groups,
                states,
                List.of(),
                List.of(new UpdateSpec.Rule("global_norm", List.of())),
                new UpdateSpec.Rule("momentum", List.of()),
                "θ ← θ + v");
        var forward = read(FORWARD + DROPOUT + SCORES.replace("HIDDEN", "%hidden") + LOSS, 3);
        var paths = model.parameters().stream().map(ParameterSpec::path).toList();
        return new TrainingSpec(
                "SmallTraining",
                Optional.of("Trains something small; with `*/` and \\u002a in its comment."),
                model,
                Optional.of(data()),
                Map.of(
                        ProgramRole.GRADIENT, Gradient.of(forward, paths),
                        ProgramRole.UPDATE, read(update(), 7),
                        ProgramRole.EVALUATION, read(FORWARD + SCORES.replace("HIDDEN", "%relu") + LOSS + METRIC, 4),
                        ProgramRole.GRADIENT_NORM, GradientNorm.of(update)),
                totals(),
                update,
                "cross_entropy(scores, digit)",
                List.of(new TrainingSpec.Metric("accuracy", Optional.of(Direction.HIGHEST))),
                hyperparameters(),
                List.of(schedule()),
                batch == 0 ? OptionalInt.empty() : OptionalInt.of(batch),
                1,
                new Duration(3, Duration.Unit.EPOCHS),
                ShuffleOrder.EVERY_EPOCH,
                Optional.empty(),
                Optional.empty(),
                42,
                DeviceSpec.of("auto", line(3)),
                false,
                List.of(),
                line(3));
    }

    private static Totals totals() {
        return new Totals(
                List.of(
                        new Totals.Statistic("statistic.0", Shape.SCALAR, Merge.SUM),
                        new Totals.Statistic("statistic.1", Shape.SCALAR, Merge.SUM)),
                read("""
                        program "formula"
                        %count = read scalar "statistic.0" : f32
                        %batch = read scalar "statistic.1" : f32
                        %accuracy = divide %count, %batch
                        output result "accuracy" = %accuracy
                        """, 4));
    }

    private static ModelSpec model() {
        return new ModelSpec(
                "Small",
                Optional.of("Two layers."),
                List.of(),
                List.of(port("image", Shape.of(Dim.BATCH, Dim.of(5)))),
                List.of(port("scores", Shape.of(Dim.BATCH, Dim.of(3)))),
                List.of(
                        parameter("hidden.w", Role.WEIGHT, Shape.of(5, 8)),
                        parameter("hidden.b", Role.BIAS, Shape.of(8)),
                        parameter("scores.w", Role.WEIGHT, Shape.of(8, 3)),
                        parameter("scores.b", Role.BIAS, Shape.of(3))),
                List.of(),
                List.of(),
                List.of(),
                read(FORWARD + SCORES.replace("HIDDEN", "%relu") + "output result \"scores\" = %scores\n", 2),
                line(1));
    }

    private static Port port(String name, Shape shape) {
        return new Port(name, TensorType.f32(shape), Optional.empty(), line(1));
    }

    private static ParameterSpec parameter(String path, Role role, Shape shape) {
        Initializer initial = role == Role.BIAS ? new Initializer.Constant(0) : new Initializer.Uniform(-0.5, 0.5);
        return new ParameterSpec(path, role, shape, initial, Optional.empty(), line(1));
    }

    private static DataSpec data() {
        var image = new DataSpec.Field(
                "image",
                TensorType.f32(Shape.of(Dim.BATCH, Dim.of(5))),
                new Content.RandomUniform(0, 1),
                "uniform(0, 1)",
                Optional.empty(),
                line(9));
        var sixteenth = new DataSpec.Field(
                "sixteenth",
                TensorType.f32(Shape.of(Dim.BATCH, Dim.of(5))),
                new Content.Columns(new DataSpec.ColumnRange(0, 4, false), read(SIXTEENTH, 9)),
                "columns(0 .. 4) / 16",
                Optional.empty(),
                line(9));
        var digit = new DataSpec.Field(
                "digit",
                TensorType.i32(Shape.of(Dim.BATCH)),
                new Content.RandomLabels(3),
                "label(3)",
                Optional.empty(),
                line(9));
        var split = new DataSpec.Split(0.8, 0.1, 0.1, OptionalLong.of(7), false);
        return new DataSpec(
                "Points",
                Optional.empty(),
                new DataSource.RandomExamples(40),
                List.of(image, digit),
                split,
                sixteenth.span());
    }

    private static List<Hyperparameter> hyperparameters() {
        return List.of(
                number("optimizer.lr", 0.1),
                number("optimizer.α", 0.9),
                number("hidden.dropout.rate", 0.25),
                number("clip.global_norm.max", 1));
    }

    private static Hyperparameter number(String path, double value) {
        return new Hyperparameter(
                path, path.substring(path.lastIndexOf('.') + 1), value, false, line(1), Range.ANY.from(0));
    }

    private static ScheduleSpec schedule() {
        var segment = new ScheduleSpec.Segment(
                "cosine(to = 0)", "cosine", List.of(), read(COSINE, 8), Duration.REST, List.of(Duration.REST), line(8));
        return new ScheduleSpec("lr = cosine(to = 0)", List.of("optimizer.lr"), List.of(segment), line(8));
    }

    private static String update() {
        return UPDATE
                + UPDATE_GROUP.replace("NAME", "weight").replace("G", "w").replace("N", "64")
                + UPDATE_GROUP.replace("NAME", "bias").replace("G", "b").replace("N", "11");
    }

    /** A program whose instructions come from the lines up to {@code last} of the source, in even shares. */
    private static Program read(String text, int last) {
        Program program = Reader.read(text);
        var instructions = new ArrayList<Instruction>();
        for (Instruction instruction : program.instructions()) {
            int line = 1 + instructions.size() * last / program.size();
            instructions.add(new Instruction(
                    instruction.op(), instruction.operands(), instruction.type(), Optional.of(line(line))));
        }
        return new Program(program.name(), instructions, program.outputs());
    }

    private static Span line(int number) {
        String line = SOURCE.line(number);
        int start = SOURCE.text().indexOf(line);
        return new Span(SOURCE, start, start + line.length());
    }
}
