package org.descentlang.compiler.lower;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.compiler.source.Span;
import org.descentlang.description.NumberText;

/** Numbers given from outside: `--set optimizer.lr=3e-4`. Remembers what could have been set. */
public final class Overrides {
    private final Map<String, Double> values;
    private final Map<String, Span> places = new TreeMap<>();
    private final TreeSet<String> known = new TreeSet<>();

    public Overrides(Map<String, Double> values) {
        this.values = new TreeMap<>(values);
        values.forEach((path, value) -> places.put(path, place(path, value)));
    }

    public static Overrides none() {
        return new Overrides(Map.of());
    }

    /** The number for a hyperparameter or a model's argument, if one was given. */
    public OptionalDouble value(String path) {
        known.add(path);
        Double value = values.get(path);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Where that number stands on the command line. */
    public Optional<Span> place(String path) {
        return Optional.ofNullable(places.get(path));
    }

    private static Span place(String path, double value) {
        String text = path + "=" + NumberText.of(value);
        return new Span(SourceFile.of("--set", text), 0, text.length());
    }

    /** Everything that could have been set, as far as it was asked for. */
    public java.util.SortedSet<String> known() {
        return known;
    }

    /** Paths that were given and nothing asked for. */
    public java.util.SortedSet<String> unknown() {
        var unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(known);
        return unknown;
    }
}
