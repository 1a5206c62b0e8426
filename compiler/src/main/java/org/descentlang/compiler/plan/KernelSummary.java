package org.descentlang.compiler.plan;

import java.util.List;

/**
 * A kernel in a few words.
 *
 * @param heading what it does over which loops: `matmul [batch, 64] [64, 256] to [batch, 256]`
 * @param places the lines of `.opt` files that it computes: `digits.opt:15`
 */
public record KernelSummary(String heading, List<String> places) {
    public KernelSummary {
        places = List.copyOf(places);
    }
}
