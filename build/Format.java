import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Formats every hand-written Java file under a directory, or (`check`) says which ones are not formatted.
///
/// The build runs this file as it stands: `java build/Format.java check|apply DIRECTORY`.
final class Format {
    private static final Set<String> NOT_OURS = Set.of("target", ".git", "generated");

    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .formatJavadoc(false)
            .build());

    private Format() {}

    public static void main(String[] arguments) throws IOException {
        boolean apply = switch (arguments[0]) {
            case "apply" -> true;
            case "check" -> false;
            default -> throw new IllegalArgumentException("check or apply, not " + arguments[0]);
        };
        Path root = Path.of(arguments[1]);
        List<String> problems = sources(root).parallelStream()
                .map(file -> problem(root, file, apply))
                .filter(problem -> !problem.isEmpty())
                .toList();
        problems.forEach(System.err::println);
        if (!problems.isEmpty()) {
            System.err.println("Format them with: mvn -N verify -Dformat.mode=apply");
            System.exit(1);
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean skipped = NOT_OURS.contains(directory.getFileName().toString());
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    /// What is wrong with one file, or the empty string.
    private static String problem(Path root, Path file, boolean apply) {
        try {
            String before = Files.readString(file);
            String ordered = ImportOrderer.reorderImports(
                    RemoveUnusedImports.removeUnusedImports(before), JavaFormatterOptions.Style.PALANTIR);
            String after = FORMATTER.formatSource(ordered);
            if (after.equals(before)) {
                return "";
            }
            if (apply) {
                Files.writeString(file, after);
                return "";
            }
            return "not formatted: " + root.relativize(file);
        } catch (FormatterException e) {
            // palantir-java-format 2.103.0 does not know the bare unnamed pattern of Java 22: `var _` says the same.
            String hint = e.getMessage().contains("token: '_'") ? " (in a record pattern, write `var _`)" : "";
            return "cannot be parsed: " + root.relativize(file) + ": " + e.getMessage() + hint;
        } catch (IOException e) {
            return "cannot be read or written: " + root.relativize(file) + ": " + e;
        }
    }
}
