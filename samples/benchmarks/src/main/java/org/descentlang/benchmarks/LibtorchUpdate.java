package org.descentlang.benchmarks;

import java.util.Map;
import java.util.stream.Collectors;
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
import org.descentlang.description.TrainingDescription;
import org.descentlang.description.TrainingDescription.HyperparameterDescription;

/** What libtorch does to the parameters after `backward`. */
@FunctionalInterface
interface LibtorchUpdate {
    void apply(TensorVector parameters);

    /** The fastest that libtorch has for the rule of a training: SGD, Adam or AdamW, clipped or not. */
    static LibtorchUpdate of(TrainingDescription description, TensorVector parameters) {
        Map<String, Double> values = description.hyperparameters().stream()
                .collect(Collectors.toMap(HyperparameterDescription::path, HyperparameterDescription::value));
        LibtorchUpdate update =
                values.containsKey("optimizer.beta1") ? fusedAdam(values, parameters) : sgd(values.get("optimizer.lr"));
        Double most = values.get("clip.global_norm.max");
        return most == null ? update : clipped(most, update);
    }

    private static LibtorchUpdate clipped(double most, LibtorchUpdate update) {
        return parameters -> {
            torch.clip_grad_norm_(parameters, most);
            update.apply(parameters);
        };
    }

    private static LibtorchUpdate sgd(double rate) {
        var factor = new Scalar(-rate);
        return parameters -> {
            try (var _ = new NoGradGuard()) {
                for (long i = 0; i < parameters.size(); i++) {
                    Tensor parameter = parameters.get(i);
                    parameter.add_(parameter.grad(), factor);
                }
            }
        };
    }

    /** The kernels behind `fused=True` of Python's optimizers; C++ reaches them through the dispatcher only. */
    private static LibtorchUpdate fusedAdam(Map<String, Double> values, TensorVector parameters) {
        Double decay = values.get("optimizer.weight_decay");
        OperatorHandle fused = Dispatcher.singleton()
                .findSchemaOrThrow(decay == null ? "aten::_fused_adam_" : "aten::_fused_adamw_", "");
        GenericList self = list();
        GenericList means = list();
        GenericList squares = list();
        GenericList counts = list();
        for (long i = 0; i < parameters.size(); i++) {
            Tensor parameter = parameters.get(i);
            self.push_back(new IValue(parameter));
            means.push_back(new IValue(torch.zeros_like(parameter)));
            squares.push_back(new IValue(torch.zeros_like(parameter)));
            counts.push_back(new IValue(torch.zeros()));
        }
        GenericList noMaxima = list();
        var one = new Scalar(1.0);
        double[] numbers = {
            values.get("optimizer.lr"),
            values.get("optimizer.beta1"),
            values.get("optimizer.beta2"),
            decay == null ? 0 : decay,
            values.get("optimizer.eps")
        };
        return _ -> {
            try (var _ = new NoGradGuard()) {
                GenericList gradients = list();
                for (long i = 0; i < parameters.size(); i++) {
                    gradients.push_back(new IValue(parameters.get(i).grad()));
                    counts.get(i).toTensor().add_(one);
                }
                var arguments = new IValueVector();
                for (GenericList tensors : new GenericList[] {self, gradients, means, squares, noMaxima, counts}) {
                    arguments.push_back(new IValue(tensors));
                }
                for (double number : numbers) {
                    arguments.push_back(new IValue(number));
                }
                // amsgrad, maximize, grad_scale, found_inf
                arguments.push_back(new IValue(false));
                arguments.push_back(new IValue(false));
                arguments.push_back(new IValue());
                arguments.push_back(new IValue());
                fused.callBoxed(arguments);
            }
        };
    }

    private static GenericList list() {
        return new GenericList(new Type.TypePtr(TensorType.get()));
    }
}
