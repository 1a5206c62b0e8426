package org.descentlang.compiler.emit.text;

import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.descentlang.compiler.plan.Affine;
import org.descentlang.compiler.plan.Affine.One;
import org.descentlang.compiler.plan.Affine.Quotient;
import org.descentlang.compiler.plan.Affine.Remainder;
import org.descentlang.compiler.plan.Affine.Term;
import org.descentlang.compiler.plan.Affine.Variable;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.type.Dim;

/** Sizes and positions as Java: literals, the current number of rows (`rows`) and loop variables `i0`, `i1`, … */
public final class Positions {
    private Positions() {}

    public static String size(Dim dim) {
        return product(dim, "rows");
    }

    /** A place or a size in memory, which may depend on `capacity`. */
    public static String offset(Offset offset) {
        return offset.terms().isEmpty()
                ? "0"
                : offset.terms().stream().map(term -> product(term, "capacity")).collect(Collectors.joining(" + "));
    }

    /** A size in memory, as a {@code long} where it depends on `capacity`. */
    public static String elements(Offset offset) {
        return offset.terms().stream()
                .map(term -> term.isFixed() ? product(term, "capacity") : term.factor() + "L * " + power(term))
                .collect(Collectors.joining(" + "));
    }

    private static String power(Dim dim) {
        return String.join(" * ", Collections.nCopies(dim.power(), "capacity"));
    }

    private static String product(Dim dim, String batch) {
        var factors = new ArrayList<String>();
        if (dim.factor() != 1 || dim.power() == 0) {
            factors.add(Long.toString(dim.factor()));
        }
        for (int i = 0; i < dim.power(); i++) {
            factors.add(batch);
        }
        return String.join(" * ", factors);
    }

    public static String variable(int number) {
        return "i" + number;
    }

    /**
     * @param start added to the position; may depend on `capacity`
     * @param shifted a loop variable that stands for itself plus {@code shift}
     */
    public static String text(Affine position, Offset start, int shifted, int shift) {
        long constant = start.fixedPart();
        var summands = new ArrayList<String>();
        start.terms().stream().filter(term -> !term.isFixed()).forEach(term -> summands.add(product(term, "capacity")));
        for (Term term : position.terms()) {
            boolean fixed = term.coefficient().isFixed();
            switch (term.atom()) {
                case One _ when fixed -> constant += term.coefficient().factor();
                case One _ -> summands.add(size(term.coefficient()));
                case Variable(int number)
                when number == shifted && shift > 0 && !fixed ->
                    summands.add(scaled(term.coefficient(), "(" + variable(number) + " + " + shift + ")"));
                case Variable(int number) -> {
                    summands.add(scaled(term.coefficient(), variable(number)));
                    constant += number == shifted ? shift * term.coefficient().factor() : 0;
                }
                case Quotient(Affine dividend, Dim divisor) ->
                    summands.add(divided(term.coefficient(), dividend, "/", divisor, shifted, shift));
                case Remainder(Affine dividend, Dim divisor) ->
                    summands.add(divided(term.coefficient(), dividend, "%", divisor, shifted, shift));
            }
        }
        if (constant != 0 || summands.isEmpty()) {
            summands.addFirst(Long.toString(constant));
        }
        return String.join(" + ", summands);
    }

    private static String divided(
            Dim coefficient, Affine dividend, String operator, Dim divisor, int shifted, int shift) {
        String whole = divisor.power() == 0 ? size(divisor) : "(" + size(divisor) + ")";
        return scaled(
                coefficient, "((" + text(dividend, Offset.ZERO, shifted, shift) + ") " + operator + " " + whole + ")");
    }

    private static String scaled(Dim coefficient, String factor) {
        return coefficient.isOne() ? factor : size(coefficient) + " * " + factor;
    }

    public static CodeBlock list(List<CodeBlock> items) {
        return items.stream().collect(CodeBlock.joining(",$W"));
    }
}
