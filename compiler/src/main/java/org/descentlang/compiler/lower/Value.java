package org.descentlang.compiler.lower;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.model.ModelSpec;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.TensorType;
import org.descentlang.description.Duration;
import org.descentlang.description.Initializer;

/** What an expression evaluates to while a program is built. */
public sealed interface Value {
    /**
     * Computed by instruction {@code id} of the program that is being built.
     *
     * @param bound what values it can have
     */
    record Tensor(int id, TensorType type, List<Axis> axes, Bound bound) implements Value {
        public Tensor {
            axes = List.copyOf(axes);
            if (axes.size() != type.shape().rank()) {
                throw new IllegalArgumentException(axes.size() + " axes for " + type);
            }
        }

        Tensor(int id, TensorType type, List<Axis> axes) {
            this(id, type, axes, Bound.UNKNOWN);
        }

        Tensor at(int other) {
            return new Tensor(other, type, axes, bound);
        }

        Tensor within(Bound known) {
            return new Tensor(id, type, axes, known);
        }

        /** A tensor of whose axes nothing else is known. */
        public static Tensor of(int id, TensorType type) {
            return new Tensor(
                    id, type, java.util.Collections.nCopies(type.shape().rank(), Axis.PLAIN));
        }
    }

    /** Several tensors that a reduction takes together: `weights` in `l2(weights)`, `all g`. */
    record Tensors(List<Tensor> members) implements Value {
        public Tensors {
            members = List.copyOf(members);
        }
    }

    /**
     * A number that is known at compile time.
     *
     * @param runtime the rank-0 instruction that has it when the program runs, if it may change between steps: a
     *     hyperparameter or what is computed from one
     */
    record Number(double value, OptionalInt runtime, Optional<Span> written) implements Value {
        public static Number of(double value) {
            return new Number(value, OptionalInt.empty(), Optional.empty());
        }

        boolean isWhole() {
            return value == Math.rint(value) && Math.abs(value) < 1e15;
        }
    }

    /** A size that depends on the batch. */
    record Size(Dim dim) implements Value {}

    /** A condition that is known at compile time; {@code runtime} as for numbers. */
    record Truth(boolean value, OptionalInt runtime) implements Value {
        public static Truth of(boolean value) {
            return new Truth(value, OptionalInt.empty());
        }
    }

    record Text(String value) implements Value {}

    /** `200 steps`. */
    record Length(Duration duration) implements Value {}

    /** `[-4.0, 1.5]`. */
    record Array(List<Value> elements) implements Value {
        public Array {
            elements = List.copyOf(elements);
        }
    }

    record Tuple(List<Value> elements) implements Value {
        public Tuple {
            elements = List.copyOf(elements);
        }
    }

    /**
     * The name of a function, layer or initialiser that is passed on; the place of its use says which kind is meant.
     */
    record Symbol(Name name) implements Value {}

    /** `dense(units = 10)` without its tensor: one set of parameters for all its uses. */
    record Instance(Definition layer, Map<String, Given> arguments, Place place, Span span) implements Value {
        public Instance {
            arguments = Map.copyOf(arguments);
        }

        Instance at(Place other) {
            return new Instance(layer, arguments, other, span);
        }
    }

    /** An initialiser that waits for the shape of its parameter, because it may ask for `fan_in`. */
    record WaitingInitializer(Expression expression, Scope scope) implements Value {}

    /** What an initialiser has come to. */
    record Start(Initializer initial) implements Value {}

    /** The result of something that was reported: whatever uses it is silent. */
    record Failure() implements Value {}

    Failure FAILURE = new Failure();

    /**
     * An argument: its value and where it stands; {@code defaulted} if it is the declaration's.
     *
     * @param name what the caller calls it, if a name stands there: an axis of that size has the name for the caller,
     *     too
     */
    record Given(Value value, Span span, boolean defaulted, Optional<Tag> name) {
        public Given(Value value, Span span, boolean defaulted) {
            this(value, span, defaulted, Optional.empty());
        }

        /** As `describe` shows it. */
        public ModelSpec.Argument named(String name) {
            return new ModelSpec.Argument(name, Values.text(value), defaulted);
        }
    }
}
