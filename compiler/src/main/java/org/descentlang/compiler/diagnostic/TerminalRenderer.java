package org.descentlang.compiler.diagnostic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.compiler.source.Span;

/**
 * A problem with the lines it is about:
 *
 * <pre>
 * error[D203]: `@` needs as many rows on its right as columns on its left, but 64 is not 128
 *   --> shape.opt:6:21
 *    |
 *  4 |     weight head : f32[64, 10] = glorot_uniform
 *    |                       -- 64 rows
 *    …
 *  6 |     output scores = hidden @ head
 *    |                     ^^^^^^^^^^^^^ `hidden` is f32[batch, 128], `head` is f32[64, 10]
 *    |
 *    = help: declare `head` with 128 rows: `weight head : f32[128, 10]`
 * </pre>
 */
public final class TerminalRenderer implements Renderer {
    /** Columns of source text before a line is clipped. */
    private static final int WIDTH = 120;
    /** Columns kept before the place that a clipped line is about. */
    private static final int LEAD = 40;

    private final Style style;

    public TerminalRenderer(boolean colours) {
        this.style = colours ? Style.COLOURED : Style.PLAIN;
    }

    /** Several problems with an empty line between two. */
    @Override
    public String render(List<Problem> problems) {
        return String.join("\n", problems.stream().map(p -> render(p) + "\n").toList());
    }

    @Override
    public String render(Problem problem) {
        int digits = lineDigits(problem);
        var lines = new ArrayList<String>();
        lines.add(head(problem));
        boolean first = true;
        for (var excerpt : excerpts(problem).entrySet()) {
            Span place = excerpt.getValue().getFirst().label().span();
            lines.add(" ".repeat(digits + 1) + style.gutter(first ? "-->" : ":::") + " "
                    + DisplayLine.of(place.toString()).text());
            lines.add(gutter(digits, ""));
            excerpt(excerpt.getKey(), excerpt.getValue(), digits, lines);
            first = false;
        }
        problem.help().ifPresent(help -> help(help, digits, lines));
        return String.join("\n", lines);
    }

    private String head(Problem problem) {
        String severity = problem.severity().name().toLowerCase(Locale.ROOT) + "["
                + problem.code().id() + "]";
        String title = DisplayLine.of(problem.title()).text();
        return style.severity(severity, problem.severity()) + style.bold(": " + title);
    }

    /** A label and whether it is the one that the problem is at. */
    private record Mark(Label label, boolean primary) {}

    /** The marks by file, the primary one first. */
    private static Map<SourceFile, List<Mark>> excerpts(Problem problem) {
        var bySource = new LinkedHashMap<SourceFile, List<Mark>>();
        bySource.computeIfAbsent(problem.primary().span().source(), source -> new ArrayList<>())
                .add(new Mark(problem.primary(), true));
        for (Label label : problem.secondary()) {
            bySource.computeIfAbsent(label.span().source(), source -> new ArrayList<>())
                    .add(new Mark(label, false));
        }
        return bySource;
    }

    private void excerpt(SourceFile source, List<Mark> marks, int digits, List<String> lines) {
        var byLine = new TreeMap<Integer, List<Mark>>();
        for (Mark mark : marks) {
            byLine.computeIfAbsent(mark.label().span().line(), line -> new ArrayList<>())
                    .add(mark);
        }
        int before = byLine.firstKey();
        for (var entry : byLine.entrySet()) {
            int line = entry.getKey();
            if (line > before + 1) {
                lines.add(" ".repeat(digits + 2) + style.gutter("…"));
            }
            line(source, line, entry.getValue(), digits, lines);
            before = line;
        }
    }

    private void line(SourceFile source, int number, List<Mark> marks, int digits, List<String> lines) {
        var shown = DisplayLine.of(source.line(number));
        int start = source.startOf(number);
        int from = 0;
        int to = shown.width();
        if (to > WIDTH) {
            from = Math.max(0, shown.column(marks.getFirst().label().span().start() - start) - LEAD);
            to = Math.min(to, from + WIDTH);
        }
        String text = (from > 0 ? "…" : "") + shown.slice(from, to) + (to < shown.width() ? "…" : "");
        lines.add((style.gutter(" %%%dd |".formatted(digits).formatted(number)) + " " + text).stripTrailing());
        for (Mark mark : marks) {
            Span span = mark.label().span();
            int left = shown.column(span.start() - start) - from + (from > 0 ? 1 : 0);
            int right = shown.column(endIn(span, number) - start) - from + (from > 0 ? 1 : 0);
            lines.add(gutter(digits, underline(mark, left, right)));
        }
    }

    /** Where a span ends on its first line. */
    private static int endIn(Span span, int line) {
        var source = span.source();
        boolean oneLine = source.lineOf(span.end()) == line;
        return oneLine ? span.end() : source.startOf(line) + source.line(line).length();
    }

    private String underline(Mark mark, int left, int right) {
        int start = Math.clamp(left, 0, WIDTH + 1);
        int length = Math.max(1, Math.min(right, WIDTH + 1) - start);
        String carets = (mark.primary() ? "^" : "-").repeat(length);
        String text = DisplayLine.of(mark.label().text()).text();
        return " ".repeat(start) + style.mark((carets + " " + text).stripTrailing(), mark.primary());
    }

    private void help(String help, int digits, List<String> lines) {
        lines.add(gutter(digits, ""));
        String lead = "= help: ";
        for (String line : help.split("\n", -1)) {
            lines.add((" ".repeat(digits + 2)
                            + style.gutter(lead)
                            + DisplayLine.of(line).text())
                    .stripTrailing());
            lead = " ".repeat(lead.length());
        }
    }

    private String gutter(int digits, String after) {
        return " ".repeat(digits + 2) + style.gutter("|") + (after.isEmpty() ? "" : " " + after);
    }

    /** How wide the largest line number is. */
    private static int lineDigits(Problem problem) {
        int largest = problem.primary().span().line();
        for (Label label : problem.secondary()) {
            largest = Math.max(largest, label.span().line());
        }
        return Integer.toString(largest).length();
    }

    /** ANSI colours (ECMA-48 SGR), or none. */
    private enum Style {
        PLAIN,
        COLOURED;

        String severity(String text, Severity severity) {
            return switch (severity) {
                case ERROR -> paint(text, "1;31");
                case WARNING -> paint(text, "1;33");
            };
        }

        String bold(String text) {
            return paint(text, "1");
        }

        String gutter(String text) {
            return paint(text, "34");
        }

        String mark(String text, boolean primary) {
            return paint(text, primary ? "31" : "36");
        }

        private String paint(String text, String codes) {
            return this == PLAIN ? text : "\u001b[" + codes + "m" + text + "\u001b[0m";
        }
    }
}
