package org.descentlang.compiler.parse;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.descentlang.compiler.ast.CompilationUnit;
import org.descentlang.compiler.ast.DataClause;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Expression.Argument;
import org.descentlang.compiler.ast.Expression.Binding;
import org.descentlang.compiler.ast.Expression.Subscript;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.ast.Statement;
import org.descentlang.compiler.ast.TrainClause;
import org.descentlang.compiler.ast.TypeExpression;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.compiler.source.Span;

/**
 * Syntax trees as text: expressions with all their parentheses, everything else as the name of its record with its
 * components, one item of a body a line; places are left out.
 */
final class AstPrinter {
    private AstPrinter() {}

    static String print(CompilationUnit unit) {
        String header =
                unit.packageName().map(name -> "package " + name.text() + "\n").orElse("")
                        + unit.imports().stream()
                                .map(i -> "import " + expression(i.path()) + "\n")
                                .collect(Collectors.joining());
        return header
                + unit.declarations().stream()
                        .map(declaration -> record(declaration, "") + "\n")
                        .collect(Collectors.joining());
    }

    static String expression(Expression expression) {
        return switch (expression) {
            case Expression.Number(var value, var percent, var _) -> value + (percent ? "%" : "");
            case Expression.Quantity(var amount, var unit, var _) -> amount + " " + unit;
            case Expression.Text(var value, var _) -> '"' + value + '"';
            case Expression.Truth(var value, var _) -> String.valueOf(value);
            case Expression.Reference(var name) -> name.text();
            case Expression.Path(var parts, var _) ->
                parts.stream().map(Name::text).collect(Collectors.joining("."));
            case Expression.All(var name, var _) -> "all " + name;
            case Expression.Leading(var _) -> "..";
            case Expression.Array(var elements, var _) -> "[" + commas(elements) + "]";
            case Expression.Tuple(var elements, var _) -> "tuple(" + commas(elements) + ")";
            case Expression.Unary(var operator, var operand, var _) ->
                "(" + operator.text() + " " + expression(operand) + ")";
            case Expression.Binary(var operator, var left, var right, var _, var _) ->
                "(" + expression(left) + " " + operator.text() + " " + expression(right) + ")";
            case Expression.Call(var callee, var arguments, var piped, var _) ->
                callee + (piped ? "!" : "") + "("
                        + arguments.stream().map(AstPrinter::argument).collect(Collectors.joining(", ")) + ")";
            case Expression.Range(var low, var high, var _) -> expression(low) + " .. " + expression(high);
            case Expression.Index(var target, var subscripts, var _) ->
                expression(target) + "["
                        + subscripts.stream().map(AstPrinter::subscript).collect(Collectors.joining(", ")) + "]";
            case Expression.Then(var first, var second, var _) ->
                "(" + expression(first) + " then " + expression(second) + ")";
            case Expression.Member(var target, var name, var _) -> "(" + expression(target) + ")." + name;
            case Expression.Scan(var sequences, var axis, boolean backwards, var carried, var body, var _, var _) ->
                "scan "
                        + sequences.stream()
                                .map(sequence -> sequence.name() + " in " + expression(sequence.value()))
                                .collect(Collectors.joining(", "))
                        + " along " + expression(axis) + (backwards ? " backwards" : "") + " with "
                        + carried.stream().map(AstPrinter::binding).collect(Collectors.joining(", ")) + " "
                        + body(body, "    ");
        };
    }

    private static String argument(Argument argument) {
        return argument.name().map(name -> name + " = ").orElse("") + expression(argument.value());
    }

    private static String subscript(Subscript subscript) {
        return switch (subscript) {
            case Subscript.At(var position) -> expression(position);
            case Subscript.Between(var low, var high, var _) -> maybe(low) + " .. " + maybe(high);
            case Subscript.Rest(var _) -> "..";
        };
    }

    private static String binding(Binding binding) {
        return binding.name() + " = " + expression(binding.value());
    }

    private static String type(TypeExpression type) {
        return switch (type) {
            case TypeExpression.Tensor(var element, var dimensions, var _) -> element + "[" + commas(dimensions) + "]";
            case TypeExpression.Named(var name) -> "named " + name;
        };
    }

    private static String maybe(Optional<Expression> expression) {
        return expression.map(AstPrinter::expression).orElse("");
    }

    private static String commas(List<Expression> expressions) {
        return expressions.stream().map(AstPrinter::expression).collect(Collectors.joining(", "));
    }

    private static String record(Object value, String indent) {
        return value.getClass().getSimpleName()
                + Arrays.stream(value.getClass().getRecordComponents())
                        .map(component -> component(component, value))
                        .filter(component -> !(component instanceof Span))
                        .map(component -> " " + text(component, indent))
                        .collect(Collectors.joining());
    }

    private static Object component(RecordComponent component, Object value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static String text(Object component, String indent) {
        return switch (component) {
            case SourceFile source -> throw new AssertionError("a source inside a tree: " + source);
            case Optional<?> optional ->
                optional.map(inside -> text(inside, indent)).orElse("-");
            case List<?> list when !list.isEmpty() && isItem(list.getFirst()) -> body(list, indent + "    ");
            case List<?> list ->
                list.stream().map(element -> text(element, indent)).collect(Collectors.joining(", ", "[", "]"));
            case String doc -> "'" + doc.replace("\n", "\\n") + "'";
            case Name name -> name.text();
            case Expression expression -> expression(expression);
            case Binding binding -> binding(binding);
            case TypeExpression type -> type(type);
            case Statement.Selector selector -> selector.text();
            case Record record -> record(record, indent);
            default -> component.toString();
        };
    }

    private static boolean isItem(Object element) {
        return element instanceof Statement || element instanceof DataClause || element instanceof TrainClause;
    }

    private static String body(List<?> items, String indent) {
        return items.stream()
                .map(item -> "\n" + indent + record(item, indent))
                .collect(Collectors.joining("", "{", "}"));
    }
}
