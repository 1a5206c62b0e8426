package org.descentlang.compiler.model;

import java.util.Optional;

/** What numbers are rounded to before they are multiplied. */
public enum Precision {
    F32,
    /** The range of f32 with 10 bits behind the point; sums stay in f32. NVIDIA's tensor cores compute in it. */
    TF32;

    public static Optional<Precision> of(String word) {
        return switch (word) {
            case "f32" -> Optional.of(F32);
            case "tf32" -> Optional.of(TF32);
            default -> Optional.empty();
        };
    }
}
