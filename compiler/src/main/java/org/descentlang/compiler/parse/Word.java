package org.descentlang.compiler.parse;

import java.util.Optional;
import org.antlr.v4.runtime.CommonToken;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.compiler.source.Span;
import org.jspecify.annotations.Nullable;

/**
 * A token with what ANTLR's does not say. {@code getStartIndex} and {@code getStopIndex} count UTF-16 units of the
 * source.
 */
final class Word extends CommonToken {
    private static final long serialVersionUID = 1;

    private final transient Span place;
    private final boolean firstOnLine;
    private final @Nullable String doc;
    private boolean flawed;

    Word(int type, Span place, boolean firstOnLine, @Nullable String doc) {
        super(type);
        this.place = place;
        this.firstOnLine = firstOnLine;
        this.doc = doc;
        setStartIndex(place.start());
        setStopIndex(place.end() - 1);
    }

    /** A word that the source lacks, assumed to stand at {@code place}, so that what follows can be read. */
    static Word assumed(int type, Span place) {
        var word = new Word(type, new Span(place.source(), place.start(), place.start()), false, null);
        word.flawed = true;
        return word;
    }

    static Word end(SourceFile source, int offset) {
        return new Word(EOF, new Span(source, offset, offset), true, null);
    }

    Span place() {
        return place;
    }

    boolean firstOnLine() {
        return firstOnLine;
    }

    /** The text of the doc comment before this word. */
    Optional<String> doc() {
        return Optional.ofNullable(doc);
    }

    /** Whether a problem was already reported here, so that another would be an echo. */
    boolean flawed() {
        return flawed;
    }

    Word flaw() {
        flawed = true;
        return this;
    }

    @Override
    public String getText() {
        return place.text();
    }
}
