package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import org.descentlang.compiler.Compilation;
import org.descentlang.compiler.layout.TrainingDescriptions;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.description.DataDescription.Conversion;
import org.descentlang.description.TrainingDescription;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Generated code makes the values that the compiler has computed. */
class DescriptionTest {
    private static final Conversion NONE = (_, _, _) -> {};

    @ParameterizedTest
    @CsvSource({
        "digits.opt, DigitsTraining",
        "images.opt, Images10",
        "own_rules.opt, OwnRules",
        "ranks.opt, Ranks",
        "penalty.opt, Penalty",
        "race.opt, RavineMomentum",
        "race.opt, RosenbrockAdam"
    })
    void isThatOfTheCompiler(String file, String name) {
        Compilation compilation = Specs.compile(file);
        TrainingSpec training = compilation.units().getFirst().trainings().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        TrainingDescription expected = TrainingDescriptions.of(training, _ -> NONE);
        TrainingDescription found = Specs.program(compilation, name).description();
        assertThat(found)
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*conversion")
                .isEqualTo(expected);
    }
}
