package org.descentlang.compiler.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.descentlang.compiler.diagnostic.Label;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.lower.Overrides;
import org.descentlang.compiler.model.CheckedUnit;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.parse.Parser;
import org.descentlang.compiler.source.SourceFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that fix what the language is: those that are right, and those with one mistake at the place of a `^`. */
class SpecTest {
    private static final Pattern EXPECTATION = Pattern.compile("//\\s*\\^(.*)");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    @ParameterizedTest
    @CsvSource({
        "digits,DigitsTraining",
        "images,Images10",
        "own_rules,OwnRules",
        "race,RavineMomentum RosenbrockAdam",
        "w1,W1 W1Batch512",
        "w5,W5",
        "w6,W6Adam W6AdamWClip"
    })
    void isRight(String file, String trainings) {
        var problems = new Problems();
        CheckedUnit unit = check(file + ".opt", text(file), problems);
        assertThat(problems.sorted()).isEmpty();
        assertThat(unit.trainings()).extracting(TrainingSpec::name).containsExactly(trainings.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "broadcast",
                "not_differentiable",
                "selector",
                "shape",
                "syntax",
                "unit",
                "unknown_argument",
                "unknown_name",
                "unreachable"
            })
    void isWrongInOnePlace(String file) {
        var problems = new Problems();
        String text = text("errors/" + file);
        check(file + ".opt", text, problems);
        assertThat(problems.sorted()).hasSize(1);
        Problem problem = problems.sorted().getFirst();
        Expected expected = expected(text);
        assertThat(problem.primary().span().line()).isEqualTo(expected.line());
        assertThat(problem.primary().span().column()).isEqualTo(expected.column());
        assertThat(message(problem)).contains(expected.words());
    }

    private record Expected(int line, int column, List<String> words) {}

    private static Expected expected(String text) {
        String[] lines = text.split("\n");
        for (int i = 0; i < lines.length; i++) {
            var matcher = EXPECTATION.matcher(lines[i]);
            if (matcher.matches()) {
                List<String> words = QUOTED.matcher(matcher.group(1))
                        .results()
                        .map(word -> word.group(1))
                        .toList();
                return new Expected(i, lines[i].indexOf('^') + 1, words);
            }
        }
        throw new IllegalArgumentException("no `^`");
    }

    private static String message(Problem problem) {
        var parts =
                new ArrayList<String>(List.of(problem.title(), problem.primary().text()));
        problem.secondary().stream().map(Label::text).forEach(parts::add);
        problem.help().ifPresent(parts::add);
        return String.join("\n", parts);
    }

    private static CheckedUnit check(String name, String text, Problems problems) {
        var unit = Parser.parse(SourceFile.of(name, text), problems);
        return Checker.check(List.of(unit), Overrides.none(), problems).getFirst();
    }

    private static String text(String file) {
        String path = "/specs/" + file + ".opt";
        try (InputStream stream = Objects.requireNonNull(SpecTest.class.getResourceAsStream(path), path)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
