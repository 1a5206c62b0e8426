package org.descentlang.compiler.emit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.descentlang.compiler.Compilation;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.source.SourceFile;

/**
 * Changes bytes, words and whole declarations of the specs and the library at random: each text has to end in a diagnostic or in Java
 * that compiles. Run by hand, in the folder of this module, because it takes long: arguments are the number of texts and a seed.
 */
final class MutationCampaign {
    private static final Pattern WORD = Pattern.compile("\\w+|\\s+|\\.\\.|<-|\\|>|[^\\w\\s]");
    private static final Pattern DECLARATION = Pattern.compile("(?s).+?\\n(?=\\S)|.+");

    private final List<String> texts = new ArrayList<>();
    private final Random random;
    private int diagnosed;
    private int compiled;
    private int failed;

    private MutationCampaign(long seed) {
        random = new Random(seed);
    }

    public static void main(String[] arguments) throws IOException {
        var campaign = new MutationCampaign(Long.parseLong(arguments[1]));
        campaign.read(Path.of("src", "test", "resources", "specs"));
        campaign.read(Path.of("src", "main", "resources", "std"));
        campaign.run(Integer.parseInt(arguments[0]));
    }

    private void read(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".opt")).sorted().toList()) {
                texts.add(Files.readString(file));
            }
        }
    }

    private void run(int count) {
        for (int i = 0; i < count; i++) {
            judge(mutated());
        }
        System.out.printf("%d texts: %d diagnosed, %d compiled, %d failed%n", count, diagnosed, compiled, failed);
    }

    private void judge(String text) {
        Compilation compilation =
                Compiler.compile(List.of(SourceFile.of("mutation.opt", text)), CompilerOptions.DEFAULT);
        if (compilation.failure().isPresent()) {
            fail(text, compilation.failure().get());
        } else if (compilation.javaFiles().isEmpty()) {
            diagnosed++;
        } else {
            try {
                MemoryCompiler.compile(compilation.javaFiles());
                compiled++;
            } catch (RuntimeException | AssertionError e) {
                fail(text, e);
            }
        }
    }

    private void fail(String text, Throwable failure) {
        failed++;
        System.out.println("---- " + failure + "\n" + text);
    }

    private String mutated() {
        String text = pick(texts);
        for (int edit = random.nextInt(3); edit >= 0; edit--) {
            text = switch (random.nextInt(3)) {
                case 0 -> changedBytes(text);
                case 1 -> exchanged(WORD, text);
                default -> exchanged(DECLARATION, text);
            };
        }
        return text;
    }

    private String changedBytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Removes, repeats or replaces one piece by one of another text. */
    private String exchanged(Pattern pattern, String text) {
        var pieces = pieces(pattern, text);
        if (pieces.isEmpty()) {
            return text;
        }
        int place = random.nextInt(pieces.size());
        switch (random.nextInt(3)) {
            case 0 -> pieces.remove(place);
            case 1 -> pieces.add(place, pieces.get(random.nextInt(pieces.size())));
            default -> {
                var others = pieces(pattern, pick(texts));
                pieces.set(place, others.isEmpty() ? "" : others.get(random.nextInt(others.size())));
            }
        }
        return String.join("", pieces);
    }

    private static List<String> pieces(Pattern pattern, String text) {
        return new ArrayList<>(
                pattern.matcher(text).results().map(MatchResult::group).toList());
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
