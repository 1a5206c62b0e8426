package org.descentlang.compiler.emit.text;

import com.palantir.javapoet.CodeBlock;

/** A Java expression and how tightly its outermost operator binds. */
public record Text(CodeBlock code, Binding binding) {
    /** From loose to tight. */
    public enum Binding {
        CONDITIONAL,
        OR,
        AND,
        EQUALITY,
        RELATION,
        SUM,
        PRODUCT,
        PREFIX,
        PRIMARY
    }

    public static Text primary(String format, Object... arguments) {
        return new Text(CodeBlock.of(format, arguments), Binding.PRIMARY);
    }

    public static Text prefix(String operator, Text operand) {
        return new Text(CodeBlock.of("$L$L", operator, operand.in(Binding.PREFIX)), Binding.PREFIX);
    }

    /** A left-associative operator. */
    public static Text infix(Text left, String operator, Text right, Binding binding) {
        CodeBlock second = right.binding.compareTo(binding) > 0 ? right.code : CodeBlock.of("($L)", right.code);
        return new Text(CodeBlock.of("$L$W$L $L", left.in(binding), operator, second), binding);
    }

    public static Text conditional(Text condition, Text then, Text otherwise) {
        CodeBlock code =
                CodeBlock.of("$L$W? $L$W: $L", condition.in(Binding.OR), then.in(Binding.OR), otherwise.in(Binding.OR));
        return new Text(code, Binding.CONDITIONAL);
    }

    /** This expression where an operand of at least that binding is needed. */
    public CodeBlock in(Binding needed) {
        return binding.compareTo(needed) >= 0 ? code : CodeBlock.of("($L)", code);
    }
}
