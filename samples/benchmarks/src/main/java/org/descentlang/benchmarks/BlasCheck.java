package org.descentlang.benchmarks;

import java.util.List;
import org.bytedeco.pytorch.global.torch;

/** Makes sure that libtorch multiplies matrices with MKL: asked to, MKL tells of every call. */
final class BlasCheck {
    private BlasCheck() {}

    public static void main(String[] arguments) {
        torch.mm(torch.rand(64, 64), torch.rand(64, 64));
    }

    /** @return what MKL calls itself and the processor */
    static String run() {
        List<String> lines =
                JavaProcess.of(BlasCheck.class).environment("MKL_VERBOSE", "1").run();
        if (lines.stream().noneMatch(line -> line.startsWith("MKL_VERBOSE SGEMM"))) {
            throw new IllegalStateException("libtorch does not use MKL:\n" + String.join("\n", lines));
        }
        return lines.stream()
                .filter(line -> line.startsWith("MKL_VERBOSE oneMKL"))
                .map(line -> "libtorch multiplies matrices with" + line.substring("MKL_VERBOSE".length()))
                .findFirst()
                .orElseThrow();
    }
}
