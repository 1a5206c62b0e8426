package org.descentlang.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.descentlang.compiler.ast.Declaration.Kind;
import org.descentlang.compiler.ast.Statement.Role;
import org.descentlang.compiler.check.StandardLibrary;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.model.ModelSpec;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.Port;
import org.descentlang.compiler.names.Declarations;
import org.descentlang.compiler.parse.Parser;
import org.descentlang.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models by themselves: their ports, parameters and paths. */
class ModelLoweringTest {
    private static ModelSpec model(String text) {
        return model(text, Map.of());
    }

    private static ModelSpec model(String text, Map<String, Double> overrides) {
        var problems = new Problems();
        var unit = Parser.parse(SourceFile.of("test.opt", text), problems);
        var declarations = Declarations.of(StandardLibrary.units(), List.of(unit), problems);
        Optional<ModelSpec> model = ModelLowering.specify(
                new Session(declarations, new Overrides(overrides), problems),
                new Registry(),
                declarations.definitions(Kind.MODEL).getFirst(),
                Optional.empty());
        assertThat(problems.sorted()).isEmpty();
        return model.orElseThrow();
    }

    private static List<String> paths(ModelSpec model) {
        return model.parameters().stream().map(ParameterSpec::path).toList();
    }

    @Test
    void parametersAreNamedByTheirPathOfBindings() {
        ModelSpec model = model("""
                model Mlp(hidden = 128) {
                    input  image  : f32[batch, 64]
                    body   = image |> dense(hidden) |> relu |> dropout(0.2)
                    output scores = dense(body, 10)
                }
                """);
        assertThat(paths(model)).containsExactly("body.dense.w", "body.dense.b", "scores.dense.w", "scores.dense.b");
        assertThat(model.parameters().getFirst())
                .extracting(ParameterSpec::role, p -> p.shape().toString())
                .containsExactly(Role.WEIGHT, "[64, 128]");
        assertThat(model.inputs())
                .extracting(Port::name, p -> p.type().toString())
                .containsExactly(tuple("image", "f32[batch, 64]"));
        assertThat(model.outputs())
                .extracting(Port::name, p -> p.type().toString())
                .containsExactly(tuple("scores", "f32[batch, 10]"));
        assertThat(model.arguments()).containsExactly(new ModelSpec.Argument("hidden", "128", true));
        assertThat(model.hyperparameters()).isEmpty();
    }

    @Test
    void loopsPutTheirIndexBehindTheName() {
        ModelSpec model = model("""
                model Deep {
                    input x : f32[batch, 4]
                    for i in 1 .. 2 {
                        weight w : f32[4, 4] = 0
                        x = x @ w |> dense(4) |> dense(4)
                    }
                    output y = x
                }
                """);
        assertThat(paths(model))
                .containsExactly(
                        "w.1",
                        "x.dense.1.w",
                        "x.dense.1.b",
                        "x.dense_2.1.w",
                        "x.dense_2.1.b",
                        "w.2",
                        "x.dense.2.w",
                        "x.dense.2.b",
                        "x.dense_2.2.w",
                        "x.dense_2.2.b");
    }

    @Test
    void aSharedLayerHasOneSetOfParameters() {
        ModelSpec model = model("""
                layer two(x : f32[.., n], units) : f32[.., units] { return x |> dense(units) |> dense(units) }
                model Twins {
                    input a : f32[batch, 4]
                    input b : f32[batch, 4]
                    shared = two(units = 10)
                    output d = abs(shared(a) - shared(b))
                }
                """);
        assertThat(paths(model))
                .containsExactly(
                        "shared.two.dense.w", "shared.two.dense.b", "shared.two.dense_2.w", "shared.two.dense_2.b");
    }

    @Test
    void argumentsOfAModelCanBeSetFromOutside() {
        ModelSpec model = model("""
                model Mlp(hidden = 128) {
                    input  x : f32[batch, 4]
                    output y = dense(x, hidden)
                }
                """, Map.of("model.hidden", 7.0));
        assertThat(model.parameters().getFirst().shape()).hasToString("[4, 7]");
        assertThat(model.arguments()).containsExactly(new ModelSpec.Argument("hidden", "7", false));
    }

    @Test
    void numbersOfLayersCanBeSetFromOutside() {
        ModelSpec model = model("""
                layer scaled(x : f32[..], by = 2) : f32[..] { return by * x }
                model M {
                    input  x : f32[batch, 4]
                    output y = scaled(x)
                }
                """, Map.of("y.scaled.by", 3.0));
        assertThat(model.hyperparameters())
                .extracting(h -> h.path(), h -> h.value())
                .containsExactly(tuple("y.scaled.by", 3.0));
    }

    @Test
    void aModelMayHaveParametersOnly() {
        ModelSpec model = model("model Wide { for i in 1 .. 25 { weight w : f32[10, 10] = normal(0, 0.02) } }");
        assertThat(paths(model)).hasSize(25).startsWith("w.1").endsWith("w.25");
    }

    /** Two axes of 4 elements: only their names tell them apart. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum(w, over = hidden) | f32[4]",
                "sum(w, over = 0) | f32[4]",
                "sum(w, over = (0, time)) | f32",
                "sum(h, over = hidden) | f32[batch]",
                "mean(h, over = batch) | f32[4]",
                "concat(h, h, along = hidden) | f32[batch, 8]",
                "concat(h, h, along = 1) | f32[batch, 8]",
                "sum(w @ w, over = time) | f32[4]",
                "sum(dense(h, time), over = time) | f32[batch]",
                "sum(x + h, over = hidden) | f32[batch]",
            })
    void axesOfAModelGoByItsNamesAndByPosition(String expression, String type) {
        ModelSpec model = model("""
                model M(hidden = 4, time = 4) {
                    input  x : f32[batch, 4]
                    weight w : f32[hidden, time] = 1
                    h = dense(x, hidden)
                    output y = %s
                }
                """.formatted(expression));
        assertThat(model.outputs().getFirst().type()).hasToString(type);
    }
}
