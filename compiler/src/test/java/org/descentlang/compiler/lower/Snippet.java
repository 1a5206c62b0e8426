package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.ast.Declaration.Kind;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Statement;
import org.descentlang.compiler.autodiff.Gradient;
import org.descentlang.compiler.check.StandardLibrary;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.names.Declarations;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.ReferenceEvaluator;
import org.descentlang.compiler.op.Results;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.compiler.parse.Parser;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;
import org.descentlang.description.Initializer;

/**
 * An expression in a scope of given tensors: lowered, evaluated, differentiated. Sizes are fixed, dimensions have no
 * names.
 */
public final class Snippet {
    private static final int BATCH = 3;

    private final Problems problems = new Problems();
    private final ProgramBuilder builder = new ProgramBuilder("snippet");
    private final Registry registry = new Registry();
    private final int examples;
    private final Inputs inputs;
    private final Elaboration elaboration;
    private final ExpressionLowering lowering;
    private final Scope scope;
    private final Definition definition;

    private Snippet(String declarations, String expression, Mode mode, int examples) {
        this.examples = examples;
        this.inputs = new Inputs(examples, 7, 1);
        var unit = Parser.parse(
                SourceFile.of("test.opt", declarations + "\nfunction snippet() = " + expression), problems);
        if (problems.hasErrors()) {
            throw new AssertionError(problems.sorted());
        }
        var all = Declarations.of(StandardLibrary.units(), List.of(unit), problems);
        definition = all.definition(Kind.FUNCTION, "snippet").orElseThrow();
        elaboration = new Elaboration(new Session(all, Overrides.none(), problems), mode, builder, registry);
        lowering = new ExpressionLowering(elaboration);
        scope = elaboration.scope(new Place(""));
    }

    public static Snippet of(String expression) {
        return new Snippet("", expression, Mode.TRAINING, BATCH);
    }

    /** Whose fields are of a batch of so many examples. */
    public static Snippet ofBatch(int examples, String expression) {
        return new Snippet("", expression, Mode.TRAINING, examples);
    }

    public static Snippet of(String declarations, String expression) {
        return new Snippet(declarations, expression, Mode.TRAINING, BATCH);
    }

    public static Snippet inference(String declarations, String expression) {
        return new Snippet(declarations, expression, Mode.INFERENCE, BATCH);
    }

    /** A trained tensor. */
    public Snippet parameter(String name, int[] sizes, double... values) {
        return bind(Storage.PARAMETER, name, ElementType.F32, sizes, values);
    }

    public Snippet input(String name, int[] sizes, double... values) {
        return bind(Storage.INPUT, name, ElementType.F32, sizes, values);
    }

    public Snippet index(String name, int[] sizes, double... values) {
        return bind(Storage.INPUT, name, ElementType.I32, sizes, values);
    }

    /** A field of a batch, of three examples if nothing else was said. */
    Snippet field(String name, int[] perExample, double... values) {
        return field(name, ElementType.F32, perExample, values);
    }

    public Snippet field(String name, ElementType element, int[] perExample, double... values) {
        var dims = new ArrayList<>(List.of(Dim.BATCH));
        var sizes = new int[perExample.length + 1];
        sizes[0] = examples;
        for (int i = 0; i < perExample.length; i++) {
            dims.add(Dim.of(perExample[i]));
            sizes[i + 1] = perExample[i];
        }
        return bind(Storage.INPUT, name, new TensorType(element, new Shape(dims)), sizes, values);
    }

    private Snippet bind(Storage storage, String name, ElementType element, int[] sizes, double... values) {
        var shape = Shape.of(java.util.Arrays.stream(sizes).asLongStream().toArray());
        return bind(storage, name, new TensorType(element, shape), sizes, values);
    }

    private Snippet bind(Storage storage, String name, TensorType type, int[] sizes, double... values) {
        scope.bind(name, Value.Tensor.of(elaboration.read(storage, name, type), type));
        inputs.bind(storage, name, new TensorValue(type.element(), sizes, values));
        return this;
    }

    Registry registry() {
        return registry;
    }

    Value value() {
        var body = (Statement.Return) definition.body().getFirst();
        return lowering.evaluate(body.value(), scope);
    }

    Optional<Value.Tensor> tensor() {
        Expression expression = ((Statement.Return) definition.body().getFirst()).value();
        return lowering.tensor(value(), expression);
    }

    /** What it computes; numbers and parameters that layers declare have their first values. */
    TensorValue result() {
        return results().output(Sink.RESULT, "loss");
    }

    Results results() {
        return run(program());
    }

    /**
     * With RESULTS `value` and `loss`, the sum of its elements, whose derivative with respect to the parameters are
     * GRADIENTS.
     */
    public Program differentiated(List<String> parameters) {
        Value.Tensor value = tensor().orElseThrow(() -> new AssertionError(messages()));
        return differentiated(value, value.id(), parameters);
    }

    /** The same with a loss in which each element counts by that of the tensor {@code cotangent}. */
    public Program differentiated(List<String> parameters, String cotangent) {
        Value.Tensor value = tensor().orElseThrow(() -> new AssertionError(messages()));
        var weights = (Value.Tensor) scope.value(cotangent).orElseThrow();
        int weighted = builder.add(new Op.Binary(Op.BinaryKind.MULTIPLY), value.id(), weights.id());
        return differentiated(value, weighted, parameters);
    }

    private Program differentiated(Value.Tensor value, int weighted, List<String> parameters) {
        List<Integer> axes = IntStream.range(0, value.axes().size()).boxed().toList();
        builder.output(Sink.RESULT, "value", value.id());
        builder.output(Sink.RESULT, "loss", builder.add(new Op.Reduce(Op.Reduction.SUM, axes), weighted));
        return Gradient.of(builder.build(), parameters);
    }

    /** The given tensors, and what numbers and parameters have as first values. */
    public Inputs inputs() {
        registry.hyperparameters().forEach(h -> inputs.bind(Storage.SCALAR, h.path(), TensorValue.scalar(h.value())));
        registry.parameters().forEach(p -> {
            if (p.initial() instanceof Initializer.Constant(double value)) {
                inputs.bind(Storage.PARAMETER, p.path(), filled(p.shape(), value));
            }
        });
        registry.running().forEach(r -> inputs.bind(Storage.RUNNING, r.path(), filled(r.shape(), r.initial())));
        return inputs;
    }

    /** The derivative of a scalar with respect to a parameter. */
    TensorValue gradient(String parameter) {
        return run(Gradient.of(program(), List.of(parameter))).output(Sink.GRADIENT, parameter);
    }

    private Program program() {
        Value.Tensor tensor = tensor().orElseThrow(() -> new AssertionError(messages()));
        builder.output(Sink.RESULT, "loss", tensor.id());
        elaboration.writeRunning();
        return builder.build();
    }

    private Results run(Program program) {
        return ReferenceEvaluator.evaluate(program, inputs());
    }

    private TensorValue filled(Shape shape, double value) {
        TensorValue zeros = TensorValue.zeros(TensorType.f32(shape), examples);
        java.util.Arrays.fill(zeros.data(), value);
        return zeros;
    }

    /** Problems as `code title`, after evaluation. */
    List<String> messages() {
        return problems.sorted().stream()
                .map(p -> p.code().id() + " " + p.title())
                .toList();
    }

    public List<Problem> problems() {
        value();
        return problems.sorted();
    }
}
