package org.descentlang.compiler.lower;

import java.util.Optional;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.ast.Statement;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;
import org.descentlang.description.Initializer;

/** `weight w : f32[n, units] = init`: registers a trained tensor and reads it. */
final class ParameterDeclarations {
    private static final Initializer ZERO = new Initializer.Constant(0);

    private final Elaboration elaboration;
    private final Types types;
    private final Initializers initializers;

    ParameterDeclarations(ExpressionLowering lowering, Types types) {
        this.elaboration = lowering.elaboration();
        this.types = types;
        this.initializers = new Initializers(lowering);
    }

    void declare(Statement.ParameterDeclaration declaration, Scope scope) {
        Value value = typed(declaration, scope)
                .<Value>flatMap(typed -> read(declaration, typed, scope))
                .orElse(Value.FAILURE);
        scope.bind(declaration.name().text(), value);
    }

    private Optional<Types.Typed> typed(Statement.ParameterDeclaration declaration, Scope scope) {
        Optional<Types.Typed> typed = types.resolve(declaration.type(), scope);
        Optional<Problem> problem = typed.map(Types.Typed::type).flatMap(type -> {
            if (type.element() != ElementType.F32) {
                return Optional.of(Problem.at(
                        declaration.type().span(), Code.ELEMENT_TYPE, "a parameter must be f32, not " + type));
            }
            if (type.shape().isFixed() && type.shape().count().fixed() == 0) {
                return Optional.of(Problem.at(
                        declaration.type().span(),
                        Code.SIZE,
                        "a parameter needs at least one element, but one of its sizes is 0"));
            }
            return type.shape().isFixed()
                    ? Optional.empty()
                    : Optional.of(Problem.at(
                            declaration.type().span(),
                            Code.SIZE,
                            "the size of a parameter cannot depend on the batch, but this is " + type));
        });
        problem.ifPresent(elaboration::report);
        return problem.isPresent() ? Optional.empty() : typed;
    }

    private Optional<Value> read(Statement.ParameterDeclaration declaration, Types.Typed typed, Scope scope) {
        String path = scope.place().join(declaration.name() + scope.index());
        if (!isFree(path, declaration.name(), scope)) {
            return Optional.empty();
        }
        Shape shape = typed.type().shape();
        Optional<ParameterSpec> earlier = elaboration.registry().parameter(path);
        if (earlier.isPresent() && !earlier.get().shape().equals(shape)) {
            elaboration.report(Problem.at(
                    declaration.type().span(),
                    Code.ARGUMENT_SHAPE,
                    "`" + path + "` is shared: it has shape " + earlier.get().shape() + " from its first use, and "
                            + shape + " here"));
            return Optional.empty();
        }
        if (earlier.isEmpty()) {
            Initializer initial = declaration
                    .initial()
                    .flatMap(e -> initializers.initial(e, shape, scope))
                    .orElse(ZERO);
            elaboration
                    .registry()
                    .add(new ParameterSpec(
                            path,
                            declaration.role(),
                            shape,
                            initial,
                            declaration.doc(),
                            declaration.name().span()));
        }
        int id = elaboration.read(Op.Storage.PARAMETER, path, typed.type());
        return Optional.of(new Value.Tensor(id, typed.type(), typed.axes()));
    }

    /** Whether nothing else in this program has the path. */
    boolean isFree(String path, Name name, Scope scope) {
        boolean free = elaboration.claim(path) || scope.isShared();
        if (!free) {
            elaboration.report(Problem.at(
                    name.span(),
                    Code.DUPLICATE_NAME,
                    "there is already a `" + path + "`; `" + name + "` needs another name"));
        }
        return free;
    }
}
