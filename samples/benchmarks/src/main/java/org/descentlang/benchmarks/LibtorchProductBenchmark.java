package org.descentlang.benchmarks;

import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The same products in libtorch, which leaves them to MKL. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
public class LibtorchProductBenchmark {
    @Param
    public Kernel kernel;

    @Param("1")
    public int threads;

    private Tensor a;
    private Tensor b;
    private Tensor c;

    @Setup
    public void open() {
        torch.set_num_threads(threads);
        int[] sizes = kernel.sizes();
        int m = sizes[0];
        int k = sizes[1];
        int n = sizes[2];
        a = kernel.name().startsWith("TN") ? torch.randn(k, m).t() : torch.randn(m, k);
        b = kernel.name().startsWith("NT") ? torch.randn(n, k).t() : torch.randn(k, n);
        c = torch.empty(m, n);
    }

    @Benchmark
    public Tensor run() {
        return torch.mm_out(c, a, b);
    }
}
