package org.descentlang.benchmarks;

import bench.kernels.*;
import java.util.function.Supplier;
import org.descentlang.runtime.training.TrainingProgram;

/** A kernel of kernels.opt, and how much work it is. */
public enum Kernel {
    NN_64_784_256(Nn64x784x256::program, 64, 784, 256),
    NN_64_256_128(Nn64x256x128::program, 64, 256, 128),
    NN_64_128_10(Nn64x128x10::program, 64, 128, 10),
    NN_512_784_256(Nn512x784x256::program, 512, 784, 256),
    NN_512_256_128(Nn512x256x128::program, 512, 256, 128),
    NN_512_128_10(Nn512x128x10::program, 512, 128, 10),
    NN_1024_1024_1024(Nn1024x1024x1024::program, 1024, 1024, 1024),
    TN_784_64_256(Tn784x64x256::program, 784, 64, 256),
    TN_256_64_128(Tn256x64x128::program, 256, 64, 128),
    TN_128_64_10(Tn128x64x10::program, 128, 64, 10),
    TN_784_512_256(Tn784x512x256::program, 784, 512, 256),
    TN_256_512_128(Tn256x512x128::program, 256, 512, 128),
    TN_128_512_10(Tn128x512x10::program, 128, 512, 10),
    TN_1024_1024_1024(Tn1024x1024x1024::program, 1024, 1024, 1024),
    NT_64_128_256(Nt64x128x256::program, 64, 128, 256),
    NT_64_10_128(Nt64x10x128::program, 64, 10, 128),
    NT_512_128_256(Nt512x128x256::program, 512, 128, 256),
    NT_512_10_128(Nt512x10x128::program, 512, 10, 128),
    NT_1024_1024_1024(Nt1024x1024x1024::program, 1024, 1024, 1024),
    RELU(Relu::program, Pass.UPDATE, 16384, 8),
    TANH(Tanh::program, Pass.UPDATE, 16384, 8),
    GELU(Gelu::program, Pass.UPDATE, 16384, 8),
    EXP(Exp::program, Pass.UPDATE, 16384, 8),
    SUM_OF_SQUARES(SumOfSquares::program, Pass.EVALUATION, 16384, 4),
    SUM_OF_SQUARES_LARGE(SumOfSquaresLarge::program, Pass.EVALUATION, 16777216, 4),
    SOFTMAX_512_10(Softmax10::program, Pass.EVALUATION, 5120, 4),
    SOFTMAX_512_1000(Softmax1000::program, Pass.EVALUATION, 512000, 4),
    LAYER_NORM_512_128(LayerNorm128::program, Pass.EVALUATION, 65536, 4),
    SGD(SgdSmall::program, Pass.UPDATE, 16384, 12),
    ADAM(AdamSmall::program, Pass.UPDATE, 16384, 28),
    SGD_LARGE(SgdLarge::program, Pass.UPDATE, 16777216, 12),
    ADAM_LARGE(AdamLarge::program, Pass.UPDATE, 16777216, 28),
    ADAMW_CLIP_LARGE(AdamWClipLarge::program, Pass.UPDATE, 16777216, 32);

    private static final int LARGE = 1 << 20;

    private final Supplier<TrainingProgram> program;
    private final Pass pass;
    private final double work;
    private final Limit limit;
    private final int[] sizes;

    /** A product [m, k] [k, n]. */
    Kernel(Supplier<TrainingProgram> program, int m, int k, int n) {
        this.program = program;
        pass = Pass.EVALUATION;
        work = 2.0 * m * k * n;
        limit = Limit.ARITHMETIC;
        sizes = new int[] {m, k, n};
    }

    /** @param bytes read and written an element */
    Kernel(Supplier<TrainingProgram> program, Pass pass, int elements, int bytes) {
        this.program = program;
        this.pass = pass;
        work = (double) elements * bytes;
        limit = elements < LARGE ? Limit.CACHE : Limit.MEMORY;
        sizes = new int[] {elements};
    }

    /** Which part of a step holds the kernel alone. */
    enum Pass {
        EVALUATION,
        UPDATE
    }

    TrainingProgram program() {
        return program.get();
    }

    Pass pass() {
        return pass;
    }

    /** Floating-point operations, or bytes. */
    double work() {
        return work;
    }

    Limit limit() {
        return limit;
    }

    boolean isProduct() {
        return limit == Limit.ARITHMETIC;
    }

    /** Of a product: m, k, n. */
    int[] sizes() {
        return sizes;
    }
}
