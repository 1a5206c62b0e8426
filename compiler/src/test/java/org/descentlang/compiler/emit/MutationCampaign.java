package org.descentlang.compiler.emit;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.descentlang.compiler.Compilation;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.source.SourceFile;

/**
 * Changes bytes, words and whole declarations of the specs and the library at random: each text has to end, soon, in a
 * diagnostic or in Java that compiles. Run by hand, in the folder of this module, because it takes long: arguments are
 * the number of texts and a seed.
 */
final class MutationCampaign {
    private static final Pattern WORD = Pattern.compile("\\w+|\\s+|\\.\\.|<-|\\|>|[^\\w\\s]");
    /** To the next line that starts a declaration or its comment. */
    private static final Pattern DECLARATION = Pattern.compile("(?s).+?\\n(?=[^\\s}])|.+");

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package.*");
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private enum Outcome {
        DIAGNOSED,
        /** Right, and without a model or a training: there is no Java to make. */
        CHECKED,
        COMPILED,
        FAILED
    }

    private final List<String> specs = texts(Path.of("src", "test", "resources", "specs"));
    private final List<String> library = texts(Path.of("src", "main", "resources", "std"));
    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private final Random random;
    private Duration slowest = Duration.ZERO;

    private MutationCampaign(long seed) throws IOException {
        random = new Random(seed);
    }

    public static void main(String[] arguments) throws IOException {
        int count = Integer.parseInt(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        var campaign = new MutationCampaign(seed);
        for (int i = 0; i < count; i++) {
            campaign.judge(campaign.mutated());
        }
        System.out.printf(
                "seed %d: %d texts: %s, slowest %d ms%n", seed, count, campaign.counts, campaign.slowest.toMillis());
    }

    private static List<String> texts(Path folder) throws IOException {
        var texts = new ArrayList<String>();
        try (var files = Files.walk(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".opt")).sorted().toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    private void judge(String text) {
        var start = cpuTime();
        var compilation = Compiler.compile(List.of(SourceFile.of("mutation.opt", text)), CompilerOptions.DEFAULT);
        var time = cpuTime().minus(start);
        if (time.compareTo(slowest) > 0) {
            slowest = time;
        }
        Outcome outcome = outcome(compilation, text);
        if (time.compareTo(PATIENCE) > 0) {
            outcome = failed("took " + time, text);
        }
        counts.merge(outcome, 1, Integer::sum);
    }

    /** Of this thread: the machine may have other work. */
    private static Duration cpuTime() {
        return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    }

    private static Outcome outcome(Compilation compilation, String text) {
        if (compilation.failure().isPresent()) {
            return failed(compilation.failure().get(), text);
        }
        if (compilation.hasErrors()) {
            return Outcome.DIAGNOSED;
        }
        if (compilation.javaFiles().isEmpty()) {
            return Outcome.CHECKED;
        }
        try {
            MemoryCompiler.compile(compilation.javaFiles());
            return Outcome.COMPILED;
        } catch (RuntimeException e) {
            return failed(e, text);
        }
    }

    private static Outcome failed(Object cause, String text) {
        System.out.println("---- " + cause + "\n" + text);
        if (cause instanceof Throwable thrown) {
            thrown.printStackTrace(System.out);
        }
        return Outcome.FAILED;
    }

    private String mutated() {
        String text = original();
        for (int edit = random.nextInt(3); edit >= 0; edit--) {
            text = switch (random.nextInt(3)) {
                case 0 -> changedBytes(text);
                case 1 -> exchanged(WORD, text);
                default -> exchanged(DECLARATION, text);
            };
        }
        return text;
    }

    /** A spec, a part of the library, or a spec that declares that part itself, so that it runs through to Java. */
    private String original() {
        return switch (random.nextInt(3)) {
            case 0 -> pick(specs);
            case 1 -> pick(library);
            default -> pick(specs) + "\n" + PACKAGE.matcher(pick(library)).replaceAll("");
        };
    }

    private String changedBytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int change = random.nextInt(4); change >= 0 && bytes.length > 0; change--) {
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
            case 1 -> pieces.add(place, pick(pieces));
            default -> {
                var others = pieces(pattern, pick(random.nextBoolean() ? specs : library));
                pieces.set(place, others.isEmpty() ? "" : pick(others));
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
