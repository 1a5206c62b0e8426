package org.descentlang.benchmarks;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** One workload's model, data and update in libtorch. */
abstract sealed class LibtorchNetwork implements AutoCloseable {
    /** Owns every native object of this network until it is closed. */
    private final PointerScope scope = new PointerScope();
    private LibtorchUpdate update = gradients -> {};

    static LibtorchNetwork create(Workload workload) {
        return switch (workload) {
            case W1_BATCH_64 -> new Perceptron(64, 1024, 784, 256, 128, 10).with(Rule.ADAM);
            case W1_BATCH_512 -> new Perceptron(512, 1024, 784, 256, 128, 10).with(Rule.ADAM);
            case W5 -> new Perceptron(32, 512, 4, 16, 3).with(Rule.SGD);
            case W6_ADAM -> new Wide().with(Rule.ADAM);
            case W6_ADAMW_CLIP -> new Wide().with(Rule.ADAMW_CLIPPED);
        };
    }

    abstract Tensor loss();

    abstract TensorVector parameters();

    void zeroGradients() {
        for (long i = 0; i < parameters().size(); i++) {
            parameters().get(i).mutable_grad().reset();
        }
    }

    void update() {
        update.apply(parameters());
    }

    LibtorchNetwork with(Rule rule) {
        update = switch (rule) {
            case SGD -> LibtorchUpdate.sgd(0.01);
            case ADAM -> LibtorchUpdate.fused("aten::_fused_adam_", parameters(), 0);
            case ADAMW_CLIPPED -> LibtorchUpdate.fused("aten::_fused_adamw_", parameters(), 0.01).clipped(1.0);
        };
        return this;
    }

    @Override
    public void close() {
        scope.close();
    }

    enum Rule {
        SGD,
        ADAM,
        ADAMW_CLIPPED
    }

    /** Dense layers with relu between them, cross-entropy, random data in memory. */
    static final class Perceptron extends LibtorchNetwork {
        private final int batch;
        private final int examples;
        private final Module module = new Module();
        private final LinearImpl[] layers;
        private final Tensor inputs;
        private final Tensor labels;
        private final TensorVector parameters;
        private int next;

        Perceptron(int batch, int examples, long... widths) {
            this.batch = batch;
            this.examples = examples;
            layers = new LinearImpl[widths.length - 1];
            for (int i = 0; i < layers.length; i++) {
                layers[i] = module.register_module("layer" + i, new LinearImpl(widths[i], widths[i + 1]));
            }
            inputs = torch.rand(examples, widths[0]);
            labels = torch.randint(
                    widths[widths.length - 1],
                    new long[] {examples},
                    new TensorOptions(torch.ScalarType.Long));
            parameters = module.parameters();
        }

        @Override
        Tensor loss() {
            Tensor x = inputs.narrow(0, next, batch);
            for (int i = 0; i < layers.length; i++) {
                x = layers[i].forward(x);
                if (i < layers.length - 1) {
                    x = torch.relu(x);
                }
            }
            Tensor loss = torch.cross_entropy_loss(x, labels.narrow(0, next, batch));
            next = (next + batch) % examples;
            return loss;
        }

        @Override
        TensorVector parameters() {
            return parameters;
        }
    }

    /** 25 matrices of 1000 x 1000 and half the sum of their squares. */
    static final class Wide extends LibtorchNetwork {
        private static final int MATRICES = 25;
        private final TensorVector parameters = new TensorVector();

        Wide() {
            for (int i = 0; i < MATRICES; i++) {
                parameters.push_back(torch.randn(1000, 1000).mul(new org.bytedeco.pytorch.Scalar(0.02)).requires_grad_(true));
            }
        }

        @Override
        Tensor loss() {
            Tensor sum = squares(0);
            for (int i = 1; i < MATRICES; i++) {
                sum = sum.add(squares(i));
            }
            return sum.mul(new org.bytedeco.pytorch.Scalar(0.5));
        }

        private Tensor squares(int i) {
            Tensor flat = parameters.get(i).view(-1);
            return flat.dot(flat);
        }

        @Override
        TensorVector parameters() {
            return parameters;
        }
    }
}
