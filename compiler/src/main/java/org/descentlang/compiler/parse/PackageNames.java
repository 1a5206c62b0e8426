package org.descentlang.compiler.parse;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.lang.model.SourceVersion;

/** Which names a package of generated Java cannot have. */
final class PackageNames {
    /**
     * Whose classes would be shadowed, or would refuse to be loaded: those of the JDK, by the beginnings that its
     * modules use, of Descent and of what its runtime stands on.
     */
    private static final List<String> TAKEN = List.of(
            "java",
            "javax",
            "jdk",
            "sun",
            "com.sun",
            "netscape",
            "org.ietf.jgss",
            "org.jcp",
            "org.w3c.dom",
            "org.xml.sax",
            "org.descentlang",
            "de.siegmar.fastcsv",
            "uk.ac.manchester.tornado");

    private PackageNames() {}

    /** Why a part cannot stand in a package; continues "cannot be part of a package: ". */
    static Optional<String> refusal(String part) {
        return SourceVersion.isName(part) ? Optional.empty() : Optional.of("it is a Java keyword");
    }

    /** The package, or the one above it, that belongs to somebody else. */
    static Optional<String> owner(String packageName) {
        String name = packageName.toLowerCase(Locale.ROOT);
        return TAKEN.stream()
                .filter(taken -> name.equals(taken) || name.startsWith(taken + "."))
                .findFirst();
    }
}
