package org.descentlang.compiler.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.description.ParameterDescription;
import org.descentlang.description.TrainingDescription;
import org.descentlang.description.TrainingDescription.StateDescription;
import org.junit.jupiter.api.Test;

class TrainingPlacesTest {
    private static final TrainingDescription DESCRIPTION = TrainingDescriptions.of(training("""
            data D { random x : f32[batch, 5] uniform(0, 1)  random k : i32[batch] label(3)
                     random y : f32[batch] uniform(0, 1)  examples 10 }
            model M {
                input x : f32[batch, 5]
                bias b : f32 = 0.5
                weight v : f32[5] = 1
                gain g : f32 = 2
                weight w : f32[2, 3] = 0
                output z = (x * v)[.., 0] * g + b + sum(w)
            }
            train T {
                model M  data D  loss mse(z, y)  batch 4  steps 1
                optimizer momentum(lr = 0.1) { for bias { lr = 0.01 }  freeze gain }
            }
            """), _ -> (_, _, _) -> {});

    private static TrainingSpec training(String text) {
        var compilation = Compiler.compile(List.of(SourceFile.of("places.opt", text)), CompilerOptions.DEFAULT);
        assertThat(compilation.problems()).isEmpty();
        return compilation.units().getFirst().trainings().getFirst();
    }

    /** The bias, whose group comes first; 5 and 6 weights that share an update; what is frozen. */
    @Test
    void parametersLieGroupByGroup() {
        assertThat(DESCRIPTION.parameters())
                .extracting(ParameterDescription::path, ParameterDescription::offset)
                .containsExactly(tuple("b", 0), tuple("v", 1), tuple("w", 6), tuple("g", 12));
        assertThat(DESCRIPTION.trainedCount()).isEqualTo(12);
        assertThat(DESCRIPTION.parameterCount()).isEqualTo(13);
        assertThat(DESCRIPTION.states()).extracting(StateDescription::offset).containsExactly(0, 1);
        assertThat(DESCRIPTION.stateCount()).isEqualTo(12);
    }

    /** Of each kind one after another, with room for the rows of a batch. */
    @Test
    void fieldsLieBehindEachOther() {
        assertThat(DESCRIPTION.fields())
                .extracting(field -> field.name() + " " + field.offset(64))
                .containsExactly("x 0", "k 0", "y 320");
    }
}
