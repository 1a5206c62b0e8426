package org.descentlang.compiler.model;

/**
 * Two hyperparameters of which one may not be larger than the other, by their paths.
 *
 * @param strict whether they may not be equal either
 */
public record Order(String smaller, boolean strict, String larger) {
    /** As a requirement could say it. */
    @Override
    public String toString() {
        return smaller + (strict ? " < " : " <= ") + larger;
    }
}
