package org.descentlang.compiler.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.lower.Overrides;
import org.descentlang.compiler.parse.Parser;
import org.descentlang.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;

/** No text makes the checker throw, or work without end. */
class RobustnessTest {
    private static final Path SPECS = Path.of("src", "test", "resources", "specs");
    private static final Path LIBRARY = Path.of("src", "main", "resources", "std");
    private static final Pattern WORD = Pattern.compile("\\w+|\\s+|\\.\\.|<-|\\|>|[^\\w\\s]");
    private static final List<String> ODD = List.of(
            "0", "-1", "1e308", "99999999999", "..", "2.5", "batch", "[1, 2]", "5 steps", "\"t\"", "true", "dense");
    private static final int MUTATIONS = 150;

    private static List<Problem> check(String text) {
        var problems = new Problems();
        var unit = Parser.parse(SourceFile.of("mutation.opt", text), problems);
        Checker.check(List.of(unit), Overrides.none(), problems);
        return problems.sorted();
    }

    @Test
    void survivesExchangedWords() throws IOException {
        var random = new Random(11);
        List<List<String>> texts = List.of(
                words(SPECS.resolve("digits.opt")),
                words(SPECS.resolve("own_rules.opt")),
                words(SPECS.resolve("race.opt")),
                words(LIBRARY.resolve("layers.opt")),
                words(LIBRARY.resolve("metrics.opt")));
        int wrong = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            wrong += check(mutated(texts, random)).isEmpty() ? 0 : 1;
        }
        assertThat(wrong).isGreaterThan(MUTATIONS / 2);
    }

    private static List<String> words(Path file) throws IOException {
        return WORD.matcher(Files.readString(file))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static String mutated(List<List<String>> texts, Random random) {
        var words = new ArrayList<>(pick(texts, random));
        for (int edit = random.nextInt(3); edit >= 0; edit--) {
            int place = random.nextInt(words.size());
            switch (random.nextInt(4)) {
                case 0 -> words.remove(place);
                case 1 -> words.set(place, pick(pick(texts, random), random));
                case 2 -> words.set(place, pick(ODD, random));
                default -> words.add(place, pick(pick(texts, random), random));
            }
        }
        return String.join("", words);
    }

    private static <T> T pick(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    /** Cold too, when frames are largest: the compiler has a stack of its own. */
    @Test
    void survivesDefinitionsThatNestDeeply() {
        var text = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            text.append("function f%d(x) = %sf%d(x)%s\n".formatted(i, "relu(".repeat(15), i + 1, ")".repeat(15)));
        }
        text.append("function f60(x) = x\nmodel M { input x : f32[batch, 4]  output y = f0(x) }");
        var source = SourceFile.of("deep.opt", text.toString());
        assertThat(Compiler.check(List.of(source), CompilerOptions.DEFAULT).problems())
                .singleElement()
                .extracting(p -> p.code().id())
                .isEqualTo("D212");
    }

    @Test
    void survivesManyDeclarations() {
        String text = IntStream.range(0, 2000)
                .mapToObj("function f%d(x) = x + 1%n"::formatted)
                .reduce("", String::concat);
        assertThat(check(text)).isEmpty();
    }
}
