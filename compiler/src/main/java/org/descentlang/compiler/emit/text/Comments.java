package org.descentlang.compiler.emit.text;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.compiler.source.Span;

/** Lines of an `.opt` file as Java comments. */
public final class Comments {
    private static final int MOST_LINES = 8;
    private static final int MOST_SHARING = 4;

    private record Line(SourceFile source, int number) {}

    private Comments() {}

    /** The `.opt` lines that instructions come from, each once, as the text of a Javadoc comment. */
    public static String origins(Program program, List<Integer> instructions) {
        Set<Line> lines = new LinkedHashSet<>();
        for (int value : instructions) {
            Optional<Span> origin = program.instruction(value).origin();
            origin.ifPresent(span -> lines.add(new Line(span.source(), span.line())));
        }
        var text = new StringBuilder();
        int count = 0;
        for (Line line : lines) {
            if (count++ == MOST_LINES) {
                text.append("…\n");
                break;
            }
            text.append(line.source.shortName()).append(':').append(line.number).append("  ");
            text.append(line.source.line(line.number).strip()).append('\n');
        }
        return text.toString();
    }

    /** Says of a kernel's method who shares it; nothing if it is of one. */
    public static String shared(List<String> kernels) {
        int shown = Math.min(kernels.size(), MOST_SHARING);
        String names = String.join(", ", kernels.subList(0, shown));
        String more = kernels.size() > shown ? " and " + (kernels.size() - shown) + " more" : "";
        return kernels.size() == 1 ? "" : "For " + names + more + ", which work on different places in memory.\n";
    }

    /** Lines of code as they stand, but for what would end the comment or be read as a Unicode escape. */
    public static String code(String text) {
        return text.replace("*/", "*&#47;").replace("\\", "&#92;");
    }

    /** `digits.opt:17:14: image |> dense(hidden)`, for a message at run time. */
    public static String place(Program program, int value) {
        return program.instruction(value)
                .origin()
                .map(span -> "%s:%d:%d: %s"
                        .formatted(
                                span.source().shortName(),
                                span.line(),
                                span.column(),
                                span.text().lines().findFirst().orElse("")))
                .orElse("an operation that the compiler added");
    }

    /**
     * Text that may stand in a Javadoc comment: it neither ends the comment, nor is read as a Unicode escape or a tag.
     */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("*/", "*&#47;")
                .replace("\\", "&#92;")
                .replace("@", "&#64;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("{", "&#123;")
                .replace("}", "&#125;");
    }
}
