package org.descentlang.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.descentlang.compiler.ast.Statement.Role;
import org.descentlang.compiler.ir.MultiplyAdds;
import org.descentlang.compiler.model.ModelSpec;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.Port;
import org.descentlang.description.Initializer;
import org.descentlang.description.NumberText;

/** What `describe` says about a model. */
final class ModelText {
    private static final String INDENT = "    ";
    private static final String DEEPER = "        ";

    private ModelText() {}

    static String of(ModelSpec model) {
        var text = new StringBuilder("model " + call(model.name(), model.arguments()) + "\n");
        model.doc().ifPresent(doc -> text.append(indented(doc)));
        text.append(ports(model).text(INDENT));
        section(text, "layers, with multiply-adds for one example", layers(model));
        section(text, "parameters", parameters(model.parameters()));
        section(text, "parameters by role", roles(model.parameters()));
        section(text, "running state", running(model));
        return text.toString();
    }

    static String indented(String doc) {
        return doc.strip()
                .lines()
                .map(line -> (INDENT + line.strip()).stripTrailing() + "\n")
                .reduce("", String::concat);
    }

    static void section(StringBuilder text, String title, Table table) {
        if (!table.isEmpty()) {
            text.append('\n').append(INDENT).append(title).append('\n').append(table.text(DEEPER));
        }
    }

    private static Table ports(ModelSpec model) {
        var table = new Table();
        for (Port port : model.inputs()) {
            table.row("input", port.name(), port.type().toString(), port.doc().orElse(""));
        }
        for (Port port : model.outputs()) {
            table.row("output", port.name(), port.type().toString(), port.doc().orElse(""));
        }
        return table;
    }

    private static Table layers(ModelSpec model) {
        var table = new Table(3, 4);
        for (var layer : model.layers()) {
            table.row(
                    layer.path(),
                    call(layer.layer(), layer.arguments()),
                    layer.resultType(),
                    counted(parameters(model, layer.path() + "."), "parameters"),
                    counted(layer.multiplyAdds(), "multiply-adds"));
        }
        if (!model.layers().isEmpty()) {
            table.row(
                    "all",
                    "",
                    "",
                    counted(parameters(model, ""), "parameters"),
                    counted(MultiplyAdds.of(model.predict()), "multiply-adds"));
        }
        return table;
    }

    private static long parameters(ModelSpec model, String below) {
        return model.parameters().stream()
                .filter(parameter -> parameter.path().startsWith(below))
                .mapToLong(ParameterSpec::count)
                .sum();
    }

    private static String counted(long count, String what) {
        return count == 0 ? "" : Quantity.count(count) + " " + what;
    }

    private static Table parameters(List<ParameterSpec> parameters) {
        var table = new Table(3, 4);
        for (var parameter : parameters) {
            table.row(
                    parameter.path(),
                    parameter.role().keyword(),
                    parameter.shape().toString(),
                    Quantity.count(parameter.count()),
                    Quantity.bytes(Float.BYTES * parameter.count()),
                    initial(parameter.initial()));
        }
        return table;
    }

    private static Table roles(List<ParameterSpec> parameters) {
        var table = new Table(1, 2);
        var byRole = new TreeMap<Role, Long>();
        for (var parameter : parameters) {
            byRole.merge(parameter.role(), parameter.count(), Long::sum);
        }
        byRole.forEach((role, count) -> row(table, role.keyword(), count));
        if (byRole.size() > 1) {
            row(
                    table,
                    "all",
                    parameters.stream().mapToLong(ParameterSpec::count).sum());
        }
        return table;
    }

    private static void row(Table table, String name, long count) {
        table.row(name, Quantity.count(count), Quantity.bytes(Float.BYTES * count));
    }

    private static Table running(ModelSpec model) {
        var table = new Table();
        for (var state : model.running()) {
            table.row(state.path(), state.shape().toString(), NumberText.of(state.initial()));
        }
        return table;
    }

    /** `dense(units = 256, init = glorot_uniform [default])`. */
    static String call(String name, List<ModelSpec.Argument> arguments) {
        var texts = new ArrayList<String>();
        for (var argument : arguments) {
            texts.add(argument.name() + " = " + argument.value() + (argument.defaulted() ? " [default]" : ""));
        }
        return texts.isEmpty() ? name : name + "(" + String.join(", ", texts) + ")";
    }

    private static String initial(Initializer initial) {
        return switch (initial) {
            case Initializer.Constant(var value) -> Quantity.rounded(value);
            case Initializer.Values(var values) ->
                values.size() > 4
                        ? values.size() + " numbers"
                        : values.stream().map(Quantity::rounded).toList().toString();
            case Initializer.Parts(var values) ->
                "parts" + values.stream().map(Quantity::rounded).collect(Collectors.joining(", ", "(", ")"));
            case Initializer.Uniform(var low, var high) -> "uniform" + pair(low, high);
            case Initializer.Normal(var mean, var deviation) -> "normal" + pair(mean, deviation);
            case Initializer.TruncatedNormal(var mean, var deviation, var cut) ->
                "normal" + pair(mean, deviation) + " cut at " + Quantity.rounded(cut) + " deviations";
            case Initializer.Identity(var gain) -> "identity, gain " + Quantity.rounded(gain);
            case Initializer.Sparse(var count, var deviation) ->
                count + " normal" + pair(0, deviation) + " numbers a unit, 0 elsewhere";
            case Initializer.Orthogonal(var gain) -> "orthogonal, gain " + Quantity.rounded(gain);
        };
    }

    private static String pair(double a, double b) {
        return "(" + Quantity.rounded(a) + ", " + Quantity.rounded(b) + ")";
    }
}
