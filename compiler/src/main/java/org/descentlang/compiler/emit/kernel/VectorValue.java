package org.descentlang.compiler.emit.kernel;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import org.descentlang.compiler.emit.text.Text;

/** An expression in a vector kernel. */
public record VectorValue(Kind kind, Text text) {
    enum Kind {
        /** One number, the same for all lanes. */
        SCALAR,
        FLOATS,
        INTS,
        /** A truth value a lane, of the lanes of floats. */
        MASK
    }

    boolean isScalar() {
        return kind == Kind.SCALAR;
    }

    CodeBlock code() {
        return text.code();
    }

    /** A method that returns a vector of the same kind. */
    VectorValue call(String method, Object... arguments) {
        return new VectorValue(
                kind, Text.primary("$L$Z.$L", text.in(Text.Binding.PRIMARY), CodeBlock.of(method, arguments)));
    }

    /** This number in every lane. */
    VectorValue spread(Kind wanted) {
        Text spread = switch (wanted) {
            case FLOATS -> Text.primary("$T.broadcast(FLOATS, $L)", VectorText.FLOAT_VECTOR, code());
            case INTS -> Text.primary("$T.broadcast(INTS, $L)", VectorText.INT_VECTOR, code());
            case MASK -> Text.primary("FLOATS.maskAll($L)", code());
            case SCALAR -> text;
        };
        return new VectorValue(wanted, spread);
    }

    static TypeName type(Kind kind) {
        return switch (kind) {
            case FLOATS -> VectorText.FLOAT_VECTOR;
            case INTS -> VectorText.INT_VECTOR;
            case MASK -> ParameterizedTypeName.get(VectorText.VECTOR_MASK, ClassName.get(Float.class));
            case SCALAR -> throw new IllegalArgumentException(kind.toString());
        };
    }
}
