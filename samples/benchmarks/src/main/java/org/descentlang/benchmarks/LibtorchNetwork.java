package org.descentlang.benchmarks;

import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.descentlang.description.ParameterDescription;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.model.Initialization;
import org.descentlang.runtime.training.TrainingState;

/** A workload in libtorch: the same first parameters, the same batches, the same update rule. */
abstract sealed class LibtorchNetwork implements AutoCloseable {
    /** Owns every native object of this network until it is closed. */
    private final PointerScope scope = new PointerScope();

    final TensorVector parameters = new TensorVector();
    private final LibtorchUpdate update;

    private LibtorchNetwork(TrainingDescription description) {
        TrainingState state = TrainingState.allocate(description);
        Initialization.fill(description.parameters(), description.seed(), state.parameters());
        for (ParameterDescription parameter : description.parameters()) {
            parameters.push_back(tensor(parameter, state.parameters()));
        }
        update = LibtorchUpdate.of(description, parameters);
    }

    static LibtorchNetwork of(TrainingDescription description) {
        if (description.data().isEmpty()) {
            return new SumOfSquares(description);
        }
        boolean filters = description.parameters().getFirst().shape().size() > 2;
        return filters ? new Convolutional(description) : new Perceptron(description);
    }

    /** Takes other examples from now on. */
    abstract void load(Batches batches);

    abstract Tensor loss();

    void clearGradients() {
        for (long i = 0; i < parameters.size(); i++) {
            parameters.get(i).mutable_grad().reset();
        }
    }

    void update() {
        update.apply(parameters);
    }

    @Override
    public void close() {
        scope.close();
    }

    /**
     * Weights are [in, out] here and [out, in] there, filters [height, width, in, out] here and [out, in, height,
     * width] there.
     */
    private static Tensor tensor(ParameterDescription parameter, float[] values) {
        int from = parameter.offset();
        long[] shape = parameter.shape().stream().mapToLong(size -> size).toArray();
        Tensor tensor = torch.tensor(Arrays.copyOfRange(values, from, from + parameter.count()))
                .view(shape);
        Tensor own = switch (shape.length) {
            case 2 -> tensor.t().contiguous();
            case 4 -> tensor.permute(3, 2, 0, 1).contiguous();
            default -> tensor;
        };
        return own.requires_grad_(true);
    }

    /** Dense layers with relu between them, and cross-entropy. */
    private static final class Perceptron extends LibtorchNetwork {
        private final Tensor inputs;
        private final Tensor labels;

        Perceptron(TrainingDescription description) {
            super(description);
            inputs = torch.empty(
                    description.batch(),
                    description.parameters().getFirst().shape().getFirst());
            labels = torch.tensor(new long[description.batch()]);
        }

        @Override
        void load(Batches batches) {
            try (var _ = new PointerScope()) {
                inputs.copy_(torch.tensor(batches.inputs()).view_as(inputs));
                labels.copy_(torch.tensor(
                        Arrays.stream(batches.labels()).asLongStream().toArray()));
            }
        }

        @Override
        Tensor loss() {
            Tensor x = inputs;
            for (long i = 0; i < parameters.size(); i += 2) {
                x = torch.linear(
                        i == 0 ? x : torch.relu(x), parameters.get(i), new TensorOptional(parameters.get(i + 1)));
            }
            return torch.cross_entropy_loss(x, labels);
        }
    }

    /**
     * W2: two filters with relu, a pooling, two dense layers. Images lie channel by channel for the first dense layer,
     * whose rows are exchanged accordingly, and pixel by pixel for the filters, which is faster.
     */
    private static final class Convolutional extends LibtorchNetwork {
        private static final int SIDE = 12;

        private final Tensor inputs;
        private final Tensor labels;

        Convolutional(TrainingDescription description) {
            super(description);
            inputs = torch.empty(description.batch(), 1, 28, 28);
            labels = torch.tensor(new long[description.batch()]);
            try (var _ = new NoGradGuard()) {
                Tensor rows = parameters.get(4);
                long units = rows.size(0);
                Tensor exchanged = rows.view(units, SIDE, SIDE, -1).permute(0, 3, 1, 2);
                rows.copy_(exchanged.reshape(units, -1).clone());
            }
        }

        @Override
        void load(Batches batches) {
            try (var _ = new PointerScope()) {
                inputs.copy_(torch.tensor(batches.inputs()).view_as(inputs));
                labels.copy_(torch.tensor(
                        Arrays.stream(batches.labels()).asLongStream().toArray()));
            }
        }

        @Override
        Tensor loss() {
            Tensor x = torch.relu(filtered(inputs, 0));
            x = torch.relu(filtered(x, 2));
            x = torch.max_pool2d(x, 2).flatten(1, -1);
            x = torch.relu(torch.linear(x, parameters.get(4), new TensorOptional(parameters.get(5))));
            x = torch.linear(x, parameters.get(6), new TensorOptional(parameters.get(7)));
            return torch.cross_entropy_loss(x, labels);
        }

        private Tensor filtered(Tensor x, long number) {
            return torch.conv2d(
                    x,
                    parameters.get(number),
                    new TensorOptional(parameters.get(number + 1)),
                    new long[] {1, 1},
                    new long[] {0, 0},
                    new long[] {1, 1},
                    1);
        }
    }

    /** Half the sum of the squares of all parameters. */
    private static final class SumOfSquares extends LibtorchNetwork {
        private final Scalar half = new Scalar(0.5);

        SumOfSquares(TrainingDescription description) {
            super(description);
        }

        @Override
        void load(Batches batches) {}

        @Override
        Tensor loss() {
            Tensor sum = squares(0);
            for (long i = 1; i < parameters.size(); i++) {
                sum = sum.add(squares(i));
            }
            return sum.mul(half);
        }

        private Tensor squares(long i) {
            Tensor flat = parameters.get(i).view(-1);
            return flat.dot(flat);
        }
    }
}
