package org.descentlang.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.descentlang.compiler.op.TensorValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** `einsum` against the sum that its letters write, element by element, and its derivative against the same. */
final class EinsumTest {
    private static final Map<Character, Integer> SIZES =
            Map.of('b', 2, 'h', 3, 'q', 4, 'k', 5, 'd', 2, 'i', 3, 'j', 1, 'l', 4);
    private static final Offset<Double> EXACTLY = Offset.offset(1e-12);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bqhd,bkhd->bhqk",
                "bhqk,bkhd->bqhd",
                "ik,kj->ij",
                "ki,jk->ij",
                "bqd,dk->bqk",
                "ik,k->i",
                "i,k->ki",
                "bi,bi->b",
                "bi,bi->",
                "bik->ki",
                "bik->",
                "bi,bk->bik",
                "bqk,h->bh",
                "bij,bjk,bkl->bil",
                "i,j,k->kji",
                "bqhd , bkhd -> bhqk"
            })
    void isWhatItsLettersSay(String letters) {
        holds(letters, new Random(letters.hashCode()));
    }

    @Test
    void isWhatLettersAtRandomSay() {
        var random = new Random(12);
        for (int i = 0; i < 200; i++) {
            int operands = 1 + random.nextInt(3);
            var terms = new ArrayList<String>();
            for (int j = 0; j < operands; j++) {
                terms.add(some(random, SIZES.keySet().stream().sorted().toList(), 4));
            }
            List<Character> all = String.join("", terms)
                    .chars()
                    .mapToObj(letter -> (char) letter)
                    .distinct()
                    .toList();
            holds(String.join(",", terms) + "->" + some(random, all, 4), random);
        }
    }

    private static String some(Random random, List<Character> from, int most) {
        var letters = new ArrayList<>(from);
        java.util.Collections.shuffle(letters, random);
        return letters.stream()
                .limit(random.nextInt(most + 1))
                .map(Object::toString)
                .collect(Collectors.joining());
    }

    private static void holds(String letters, Random random) {
        String[] sides = letters.replace(" ", "").split("->", -1);
        String[] terms = sides[0].split(",", -1);
        var operands = new LinkedHashMap<String, TensorValue>();
        for (int i = 0; i < terms.length; i++) {
            operands.put("x" + i, tensor(terms[i], random));
        }
        List<TensorValue> values = List.copyOf(operands.values());
        TensorValue cotangent = tensor(sides[1], random);
        String call = "einsum(\"" + letters + "\", " + String.join(", ", operands.keySet()) + ")";
        assertThat(snippet(call, operands, cotangent).result().data())
                .as(call)
                .containsExactly(sum(terms, values, sides[1]).data(), EXACTLY);
        for (int i = 0; i < terms.length; i++) {
            String[] others = terms.clone();
            others[i] = sides[1];
            var withCotangent = new ArrayList<>(values);
            withCotangent.set(i, cotangent);
            assertThat(snippet("sum(c * " + call + ")", operands, cotangent)
                            .gradient("x" + i)
                            .data())
                    .as("derivative by x%s of %s", i, call)
                    .containsExactly(sum(others, withCotangent, terms[i]).data(), EXACTLY);
        }
    }

    private static Snippet snippet(String expression, Map<String, TensorValue> operands, TensorValue cotangent) {
        Snippet snippet = Snippet.of(expression);
        operands.forEach((name, value) -> snippet.parameter(name, value.sizes(), value.data()));
        return snippet.input("c", cotangent.sizes(), cotangent.data());
    }

    private static TensorValue tensor(String letters, Random random) {
        int[] sizes = letters.chars()
                .map(letter -> SIZES.getOrDefault((char) letter, 0))
                .toArray();
        double[] data = new double[Arrays.stream(sizes).reduce(1, (a, b) -> a * b)];
        Arrays.setAll(data, _ -> random.nextInt(-8, 9) / 4.0);
        return TensorValue.of(sizes, data);
    }

    /** Over all values of all letters. */
    private static TensorValue sum(String[] terms, List<TensorValue> operands, String result) {
        int[] sizes = result.chars()
                .map(letter -> SIZES.getOrDefault((char) letter, 0))
                .toArray();
        double[] data = new double[Arrays.stream(sizes).reduce(1, (a, b) -> a * b)];
        String letters = (String.join("", terms) + result)
                .chars()
                .distinct()
                .mapToObj(letter -> Character.toString((char) letter))
                .collect(Collectors.joining());
        add(terms, operands, result, letters, new LinkedHashMap<>(), data);
        return TensorValue.of(sizes, data);
    }

    private static void add(
            String[] terms,
            List<TensorValue> operands,
            String result,
            String letters,
            Map<Character, Integer> at,
            double[] into) {
        if (letters.isEmpty()) {
            double product = 1;
            for (int i = 0; i < terms.length; i++) {
                product *= operands.get(i).data()[position(terms[i], at)];
            }
            into[position(result, at)] += product;
            return;
        }
        char letter = letters.charAt(0);
        for (int i = 0; i < SIZES.getOrDefault(letter, 0); i++) {
            at.put(letter, i);
            add(terms, operands, result, letters.substring(1), at, into);
        }
    }

    private static int position(String letters, Map<Character, Integer> at) {
        int position = 0;
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            position = position * SIZES.getOrDefault(letter, 0) + at.getOrDefault(letter, 0);
        }
        return position;
    }
}
