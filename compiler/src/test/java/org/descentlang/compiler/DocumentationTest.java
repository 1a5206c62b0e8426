package org.descentlang.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documentation has lines of at most 120 characters, in Markdown as in comments. */
final class DocumentationTest {
    private static final int MOST_CHARACTERS = 120;
    private static final Path ROOT = Path.of("..");
    private static final Pattern COMMENT = Pattern.compile("\\s*(/\\*\\*|\\*|//).*");

    @Test
    void linesOfMarkdownAreShort() {
        assertThat(files(".md")).hasSizeGreaterThan(50);
        assertThat(files(".md").stream().flatMap(DocumentationTest::longProse)).isEmpty();
    }

    @Test
    void linesOfCommentsAreShort() {
        assertThat(files(".java")).hasSizeGreaterThan(500);
        assertThat(files(".java").stream()
                        .flatMap(file ->
                                longLines(file, line -> COMMENT.matcher(line).matches())))
                .isEmpty();
    }

    /** Tables and what is printed as it stands cannot be divided. */
    private static Stream<String> longProse(Path file) {
        var fenced = new boolean[1];
        return longLines(file, line -> {
            if (line.strip().startsWith("```")) {
                fenced[0] = !fenced[0];
            }
            return !fenced[0] && !line.startsWith("|") && !line.startsWith("    ");
        });
    }

    private static Stream<String> longLines(Path file, Predicate<String> isProse) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> isProse.test(line) && line.codePointCount(0, line.length()) > MOST_CHARACTERS)
                    .map(line -> file + ": " + line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(String ending) {
        var found = new ArrayList<Path>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    String name = folder.getFileName().toString();
                    boolean ours = folder.equals(ROOT) || !name.startsWith(".") && !name.equals("target");
                    return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(ending)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
