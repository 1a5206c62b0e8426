package org.descentlang.runtime.tornado;

/** What numbers are rounded to before they are multiplied. */
public enum Precision {
    F32,
    /** Ten bits behind the point, by NVIDIA's tensor cores; sums stay in f32. */
    TF32
}
