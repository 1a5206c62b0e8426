package org.descentlang.compiler.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/** One line of a program's text, read from left to right. */
final class InstructionText {
    private static final Pattern TOKEN = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|%\\w+|[\\w.+-]+|\\S");

    private final List<String> tokens;
    private int next;

    InstructionText(String line) {
        tokens = TOKEN.matcher(line).results().map(match -> match.group()).toList();
    }

    /** What stands between an operation's name and its operands: words, and numbers or lists by name. */
    record Attributes(List<String> words, Map<String, List<String>> named) {
        String word(int i) {
            if (i >= words.size()) {
                throw new IllegalArgumentException("a word is missing");
            }
            return words.get(i);
        }

        boolean has(String word) {
            return words.contains(word);
        }

        List<Integer> integers(String name) {
            return list(name).stream().map(Integer::valueOf).toList();
        }

        int integer(String name) {
            return Integer.parseInt(single(name));
        }

        long number(String name) {
            return Long.parseLong(single(name));
        }

        Dim dim(String name) {
            return InstructionText.dim(single(name));
        }

        private String single(String name) {
            return list(name).getFirst();
        }

        private List<String> list(String name) {
            List<String> list = named.get(name);
            if (list == null) {
                throw new IllegalArgumentException(name + " is missing");
            }
            return list;
        }
    }

    String word() {
        if (next == tokens.size()) {
            throw new IllegalArgumentException("ends too early");
        }
        return tokens.get(next++);
    }

    void expect(String token) {
        String found = word();
        if (!found.equals(token)) {
            throw new IllegalArgumentException("`" + token + "` expected, not `" + found + "`");
        }
    }

    /** A word in quotes. */
    String string() {
        return unquoted(word());
    }

    Attributes attributes() {
        var words = new ArrayList<String>();
        var named = new HashMap<String, List<String>>();
        while (next < tokens.size() && !peek(":") && !tokens.get(next).startsWith("%")) {
            String word = word();
            if (accept("=")) {
                named.put(word, peek("[") ? list() : List.of(word()));
            } else {
                words.add(unquoted(word));
            }
        }
        return new Attributes(words, named);
    }

    List<String> operands() {
        var operands = new ArrayList<String>();
        if (next < tokens.size() && !peek(":")) {
            do {
                operands.add(word());
            } while (accept(","));
        }
        return operands;
    }

    /** The type at the end of the line, if there is one. */
    Optional<TensorType> type() {
        if (next == tokens.size()) {
            return Optional.empty();
        }
        expect(":");
        var element = ElementType.valueOf(word().toUpperCase(Locale.ROOT));
        List<String> dims = peek("[") ? list() : List.of();
        return Optional.of(new TensorType(
                element, new Shape(dims.stream().map(InstructionText::dim).toList())));
    }

    /** {@code [a, b, …]}, each as one word without spaces. */
    private List<String> list() {
        var items = new ArrayList<String>();
        expect("[");
        while (!accept("]")) {
            var item = new StringBuilder();
            while (!peek(",") && !peek("]")) {
                item.append(word());
            }
            items.add(item.toString());
            accept(",");
        }
        return items;
    }

    /** {@code 3*batch^2}. */
    private static Dim dim(String text) {
        int batch = text.indexOf("batch");
        if (batch < 0) {
            return Dim.of(Long.parseLong(text));
        }
        long factor = batch == 0 ? 1 : Long.parseLong(text.substring(0, batch - 1));
        int power = text.indexOf('^');
        return new Dim(factor, power < 0 ? 1 : Integer.parseInt(text.substring(power + 1)));
    }

    private boolean peek(String token) {
        return next < tokens.size() && tokens.get(next).equals(token);
    }

    private boolean accept(String token) {
        boolean found = peek(token);
        next += found ? 1 : 0;
        return found;
    }

    private static String unquoted(String word) {
        if (!word.startsWith("\"")) {
            return word;
        }
        var text = new StringBuilder();
        for (int i = 1; i < word.length() - 1; i++) {
            char c = word.charAt(i);
            if (c == '\\') {
                i++;
                c = word.charAt(i) == 'n' ? '\n' : word.charAt(i);
            }
            text.append(c);
        }
        return text.toString();
    }
}
