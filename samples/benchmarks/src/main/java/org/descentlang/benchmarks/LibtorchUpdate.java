package org.descentlang.benchmarks;

import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Type;
import org.bytedeco.pytorch.global.torch;

/** What happens to the parameters after `backward`. */
@FunctionalInterface
interface LibtorchUpdate {
    void apply(TensorVector parameters);

    static LibtorchUpdate sgd(double rate) {
        return parameters -> {
            try (var _ = new NoGradGuard()) {
                for (long i = 0; i < parameters.size(); i++) {
                    parameters.get(i).add_(parameters.get(i).grad(), new Scalar(-rate));
                }
            }
        };
    }

    /** libtorch's own fused kernel, which its C++ API reaches only through the dispatcher. */
    static LibtorchUpdate fused(String operator, TensorVector parameters, double weightDecay) {
        OperatorHandle handle = Dispatcher.singleton().findSchemaOrThrow(operator, "");
        GenericList self = list();
        GenericList means = list();
        GenericList squares = list();
        GenericList steps = list();
        for (long i = 0; i < parameters.size(); i++) {
            Tensor parameter = parameters.get(i);
            self.push_back(new IValue(parameter.detach()));
            means.push_back(new IValue(torch.zeros_like(parameter)));
            squares.push_back(new IValue(torch.zeros_like(parameter)));
            steps.push_back(new IValue(torch.zeros(new long[0])));
        }
        GenericList none = list();
        return updated -> {
            try (var _ = new NoGradGuard()) {
                GenericList gradients = list();
                for (long i = 0; i < updated.size(); i++) {
                    gradients.push_back(new IValue(updated.get(i).grad()));
                    steps.get(i).toTensor().add_(new Scalar(1.0));
                }
                var arguments = new IValueVector();
                for (GenericList tensors : new GenericList[] {self, gradients, means, squares, none, steps}) {
                    arguments.push_back(new IValue(tensors));
                }
                for (double number : new double[] {1e-3, 0.9, 0.999, weightDecay, 1e-8}) {
                    arguments.push_back(new IValue(number));
                }
                arguments.push_back(new IValue(false));
                arguments.push_back(new IValue(false));
                arguments.push_back(new IValue());
                arguments.push_back(new IValue());
                handle.callBoxed(arguments);
            }
        };
    }

    /** The global norm clipped first, by norms per parameter as `clip_grad_norm_` does. */
    default LibtorchUpdate clipped(double limit) {
        return parameters -> {
            try (var _ = new NoGradGuard()) {
                torch.clip_grad_norm_(parameters, limit);
            }
            apply(parameters);
        };
    }

    private static GenericList list() {
        return new GenericList(new Type.TypePtr(TensorType.get()));
    }
}
