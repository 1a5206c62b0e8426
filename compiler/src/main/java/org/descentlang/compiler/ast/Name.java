package org.descentlang.compiler.ast;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.descentlang.compiler.source.Span;

/**
 * An identifier where it stands. {@code text} is its canonical spelling: names that are equal are one name. What the
 * user wrote is the span's text.
 */
public record Name(String text, Span span) {
    private static final Map<String, String> GREEK = Arrays.stream(
                    ("alpha α, beta β, gamma γ, delta δ, epsilon ε, zeta ζ, "
                                    + "eta η, theta θ, iota ι, kappa κ, lambda λ, mu μ, nu ν, xi ξ, rho ρ, sigma σ, tau τ, "
                                    + "upsilon υ, phi φ, chi χ, psi ψ, omega ω")
                            .split(", "))
            .map(pair -> pair.split(" "))
            .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));

    /** Letters that only look different: the symbol forms of Greek letters. */
    private static final Map<Character, Character> VARIANTS = Map.of('ϵ', 'ε', 'ϑ', 'θ', 'ϕ', 'φ', 'ϱ', 'ρ', 'µ', 'μ');

    /** The name written as {@code written} at {@code span}. */
    public static Name of(String written, Span span) {
        return new Name(canonical(written), span);
    }

    /**
     * The one spelling of a name: `theta` is `θ` (and so for each Greek letter but `pi`, which is a number and spelled
     * so), subscripts are digits (`β₁` is `β1`), and composed and decomposed accents are equal.
     */
    public static String canonical(String written) {
        if (written.chars().allMatch(c -> c < 128)) {
            return GREEK.getOrDefault(written, written);
        }
        String composed = Normalizer.normalize(written, Normalizer.Form.NFC);
        var text = new StringBuilder(composed.length());
        for (int i = 0; i < composed.length(); i++) {
            char c = composed.charAt(i);
            boolean subscript = c >= '₀' && c <= '₉';
            text.append(subscript ? (char) (c - '₀' + '0') : VARIANTS.getOrDefault(c, c));
        }
        return text.toString().equals("π") ? "pi" : text.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
