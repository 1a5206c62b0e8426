package org.descentlang.compiler.source;

/** A stretch of a source file: characters {@code start} (inclusive) to {@code end} (exclusive). */
public record Span(SourceFile source, int start, int end) {
    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("bad span " + start + ".." + end);
        }
    }

    /** The smallest span that covers this one and {@code last}. */
    public Span to(Span last) {
        return new Span(source, Math.min(start, last.start), Math.max(end, last.end));
    }

    public boolean contains(Span other) {
        return source == other.source && start <= other.start && other.end <= end;
    }

    public int line() {
        return source.lineOf(start);
    }

    public int column() {
        return source.columnOf(start);
    }

    public String text() {
        return source.text().substring(start, Math.min(end, source.text().length()));
    }

    @Override
    public String toString() {
        return source.name() + ":" + line() + ":" + column();
    }
}
