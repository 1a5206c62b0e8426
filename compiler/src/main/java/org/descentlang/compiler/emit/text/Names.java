package org.descentlang.compiler.emit.text;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Java identifiers from names of an `.opt` file: whatever those are, what comes out compiles and no two clash. */
public final class Names {
    private final Set<String> taken = new HashSet<>();

    public Names(String... reserved) {
        taken.addAll(Set.of(reserved));
    }

    public Names(Collection<String> reserved) {
        taken.addAll(reserved);
    }

    /** The identifier itself if it is free, else with a number. */
    public String unique(String wanted) {
        String name = wanted;
        for (int i = 2; !taken.add(name); i++) {
            name = wanted + i;
        }
        return name;
    }

    /** `body.dense.w` becomes `bodyDenseW`; keywords get an underscore. */
    public static String variable(String path) {
        String joined = joined(path);
        String name = joined.substring(0, 1).toLowerCase(Locale.ROOT) + joined.substring(1);
        return SourceVersion.isName(name, SourceVersion.latest()) ? name : name + "_";
    }

    public static String type(String path) {
        String joined = joined(path);
        String name = joined.substring(0, 1).toUpperCase(Locale.ROOT) + joined.substring(1);
        return SourceVersion.isName(name, SourceVersion.latest()) ? name : name + "_";
    }

    /** `body.dense.w` becomes `BODY_DENSE_W`, `gradient12` `GRADIENT_12`. */
    public static String constant(String path) {
        return identifier(path.replaceAll("[^\\p{L}\\p{N}_]+", "_").replaceAll("(?<=\\p{Ll})(?=\\p{Lu}|\\p{N})", "_"))
                .toUpperCase(Locale.ROOT);
    }

    /** A part of a package that is a keyword gets an underscore. */
    public static String packageName(String name) {
        if (name.isEmpty()) {
            return name;
        }
        var parts = name.split("\\.");
        for (int i = 0; i < parts.length; i++) {
            String part = identifier(parts[i]);
            parts[i] = SourceVersion.isName(part, SourceVersion.latest()) ? part : part + "_";
        }
        return String.join(".", parts);
    }

    private static String joined(String path) {
        var joined = new StringBuilder();
        for (String part : path.split("[^\\p{L}\\p{N}_]+")) {
            if (!part.isEmpty()) {
                joined.append(joined.isEmpty() ? part : following(part));
            }
        }
        return identifier(joined.toString());
    }

    /** A capital begins a word; a Greek one would look like a Latin letter. */
    private static String following(String part) {
        char first = part.charAt(0);
        return first < 128 ? Character.toUpperCase(first) + part.substring(1) : "_" + part;
    }

    private static String identifier(String wanted) {
        var name = new StringBuilder();
        wanted.codePoints()
                .filter(Character::isJavaIdentifierPart)
                .filter(point -> !Character.isIdentifierIgnorable(point))
                .forEach(name::appendCodePoint);
        boolean starts = !name.isEmpty() && Character.isJavaIdentifierStart(name.codePointAt(0));
        return starts ? name.toString() : "_" + name + (name.isEmpty() ? "x" : "");
    }
}
