package org.descentlang.compiler.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.descentlang.compiler.ast.Direction;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.model.TrainingSpec.Default;
import org.descentlang.compiler.model.TrainingSpec.Metric;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;
import org.descentlang.description.DataSource;
import org.descentlang.description.Duration;
import org.descentlang.description.Duration.Unit;
import org.descentlang.description.MetricReference;
import org.descentlang.description.StopCondition;
import org.descentlang.description.StopCondition.Relation;
import org.descentlang.description.TrainingDescription.ShuffleOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the clauses of `train` and `data` come to. */
class TrainingTest {
    private static final Optional<Direction> LOWEST = Optional.of(Direction.LOWEST);
    private static final Optional<Direction> HIGHEST = Optional.of(Direction.HIGHEST);

    private static final String MODEL = """
            data D {
                from  "points.csv"
                x     = columns(0 .. 3) / 16 - 1
                y     = column(4)
                kind  = label(column(5), classes = 3)
                split train 70%, validation 20%, test 10% seed 7
            }
            model M { input x : f32[batch, 4]  output z = dense(x, 1)[.., 0] }
            """;

    @Test
    void everyClauseCounts() {
        TrainingSpec spec = training("""
                metric mae(z, y) metric mae(2 * z, y) metric r2(z, y)
                batch 32 accumulate 4 epochs 5 shuffle once seed 11 on nonfinite skip device cpu
                stop when validation.mae < 0.1 and train.loss stalls for 3 epochs or after 2 minutes
                keep best test.r2
                """);
        assertThat(spec.metrics())
                .containsExactly(new Metric("mae", LOWEST), new Metric("mae_2", LOWEST), new Metric("r2", HIGHEST));
        assertThat(spec.batch()).isEqualTo(OptionalInt.of(32));
        assertThat(spec.accumulate()).isEqualTo(4);
        assertThat(spec.length()).isEqualTo(new Duration(5, Unit.EPOCHS));
        assertThat(spec.shuffle()).isEqualTo(ShuffleOrder.ONCE);
        assertThat(spec.seed()).isEqualTo(11);
        assertThat(spec.skipNonfinite()).isTrue();
        assertThat(spec.device().name()).isEqualTo("cpu");
        var mae = new StopCondition.Compare(new MetricReference("validation", "mae", false), Relation.LESS, 0.1);
        var stalls =
                new StopCondition.Stalls(new MetricReference("train", "loss", false), new Duration(3, Unit.EPOCHS));
        var time = new StopCondition.After(new Duration(120, Unit.SECONDS));
        assertThat(spec.stop()).contains(new StopCondition.Or(new StopCondition.And(mae, stalls), time));
        assertThat(spec.keep()).contains(new MetricReference("test", "r2", true));
        assertThat(spec.defaults()).isEmpty();
    }

    /** What follows from the declarations of the library, and what does not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "rmse(z, y)            ; lowest",
                "mse(z, y)             ; lowest", // a loss
                "r2(z, y)              ; highest",
                "z |> r2(y)            ; highest",
                "-r2(z, y)             ; lowest",
                "1 - r2(z, y)          ; lowest",
                "r2(z, y) - 1          ; highest",
                "100 * mae(z, y)       ; lowest",
                "mae(z, y) / -2        ; highest",
                "sqrt(mse(z, y))       ; lowest",
                "-log(mse(z, y))       ; highest",
                "mae(z, y) + rmse(z, y); lowest",
                "mae(z, y) - r2(z, y)  ; lowest",
                "mae(z, y) + r2(z, y)  ; unknown",
                "0 * mae(z, y)         ; unknown",
                "1 / mae(z, y)         ; unknown",
                "sin(mae(z, y))        ; unknown",
                "mean(abs(z - y))      ; unknown",
            })
    void directionsOfMetrics(String metric, String direction) {
        var found = training("metric " + metric + " batch 32 epochs 1")
                .metrics()
                .getFirst()
                .direction();
        assertThat(found.map(Direction::keyword).orElse("unknown")).isEqualTo(direction);
    }

    @Test
    void aSaidDirectionCountsBeforeAKnownOne() {
        TrainingSpec spec = training("""
                metric mean(abs(z - y)) metric mae(z, y) batch 32 epochs 5
                stop when highest validation.mean stalls for 3 epochs
                keep best highest test.mae
                """);
        var mean = new MetricReference("validation", "mean", true);
        assertThat(spec.stop()).contains(new StopCondition.Stalls(mean, new Duration(3, Unit.EPOCHS)));
        assertThat(spec.keep()).contains(new MetricReference("test", "mae", true));
    }

    @Test
    void aStepsOwnValuesStall() {
        TrainingSpec spec = Compilation.training("""
                model Bowl { weight p : f32[2] = 1  output value = sum(p^2) }
                train T { model Bowl loss value optimizer sgd(lr = 0.1) steps 900
                          stop when loss stalls for 200 steps or gradient_norm stalls for 3 steps }
                """);
        var loss = new StopCondition.Stalls(new MetricReference("", "loss", false), new Duration(200, Unit.STEPS));
        var norm =
                new StopCondition.Stalls(new MetricReference("", "gradient_norm", false), new Duration(3, Unit.STEPS));
        assertThat(spec.stop()).contains(new StopCondition.Or(loss, norm));
    }

    @Test
    void whatIsNotWrittenIsListed() {
        TrainingSpec spec = training("batch full steps 10");
        assertThat(spec.batch()).isEmpty();
        assertThat(spec.stop()).isEmpty();
        assertThat(spec.keep()).isEmpty();
        assertThat(spec.defaults())
                .containsExactly(
                        new Default("shuffle", "every epoch"),
                        new Default("keep", "the last step"),
                        new Default("seed", "0"),
                        new Default("device", "auto"),
                        new Default("on nonfinite", "stop"));
    }

    @Test
    void fieldsHaveTheTypesOfTheirColumns() {
        DataSpec data = training("batch 8 steps 1").data().orElseThrow();
        assertThat(data.source()).isEqualTo(new DataSource.File("points.csv"));
        assertThat(data.fields())
                .extracting(DataSpec.Field::type)
                .containsExactly(
                        TensorType.f32(Shape.of(Dim.BATCH, Dim.of(4))),
                        TensorType.f32(Shape.of(Dim.BATCH)),
                        TensorType.i32(Shape.of(Dim.BATCH)));
        assertThat(data.split()).isEqualTo(new DataSpec.Split(0.7, 0.2, 0.1, OptionalLong.of(7), false));
        assertThat(data.fields().getLast().content())
                .isEqualTo(new DataSpec.Content.Labels(new DataSpec.ColumnRange(5, 5, true), 3));
    }

    @Test
    void twoTrainingsOfOneModelAreApart() {
        var compilation = Compilation.of(MODEL
                + "train A { model M data D loss mse(z, y) optimizer sgd batch 8 steps 1 }"
                + "train B { model M data D loss mae(z, y) optimizer adam batch 8 steps 1 }");
        assertThat(compilation.messages()).isEmpty();
        assertThat(compilation.unit().trainings())
                .extracting(TrainingSpec::name)
                .containsExactly("A", "B");
        assertThat(compilation.unit().models()).isEmpty();
        assertThat(compilation.unit().data()).hasSize(1);
    }

    @Test
    void imagesAreAsLargeAsTheInput() {
        DataSpec data = Compilation.training("""
                        data D {
                            from "x-ubyte.gz" labels "y-ubyte.gz"
                            wide    = image() / 255
                            square : f32[batch, 9] = image(3, 3)
                            rgb    : f32[batch, 2, 2, 3] = image()
                            kind    = label(classes = 7)
                            split   train 80%, validation 20% seed 1
                            test    from "tx.idx" labels "ty.idx"
                        }
                        model M(width = 5) {
                            input  wide : f32[batch, 4, width, 1]
                            output scores = dense(flatten(wide), 7)
                        }
                        train T {
                            model M(width = 6)
                            data D
                            loss cross_entropy(scores, kind)
                            keep best test.loss
                            optimizer sgd
                            batch 8
                            epochs 1
                        }
                        """).data().orElseThrow();
        assertThat(data.source())
                .isEqualTo(new DataSource.File(
                        new DataSource.Paths("x-ubyte.gz", Optional.of("y-ubyte.gz")),
                        Optional.empty(),
                        Optional.of(new DataSource.Paths("tx.idx", Optional.of("ty.idx")))));
        assertThat(data.fields())
                .extracting(field -> field.type().toString())
                .containsExactly("f32[batch, 4, 6, 1]", "f32[batch, 9]", "f32[batch, 2, 2, 3]", "i32[batch]");
        assertThat(data.fields().getLast().content()).isEqualTo(new DataSpec.Content.ExampleLabel(7));
        assertThat(List.of("train", "validation", "test")).allMatch(data::has);
    }

    /** The model's mistakes are reported, and none of the data that would follow from them. */
    @Test
    void imagesSayNothingOfABrokenModel() {
        var compilation = Compilation.of("""
                data D { from "x-ubyte"  picture = image() / 255 }
                model M { input picture : f32[batch, 4, 4, 1]  output z = picture |> unheard_of |> flatten |> dense(1) }
                train T { model M data D loss mean(z) optimizer sgd batch 8 epochs 1 }
                """);
        assertThat(compilation.messages()).hasSize(1).first().asString().contains("unheard_of");
    }

    private static TrainingSpec training(String clauses) {
        return Compilation.training(
                MODEL + "train T { model M data D loss mse(z, y) optimizer sgd(lr = 0.1) " + clauses + " }");
    }
}
