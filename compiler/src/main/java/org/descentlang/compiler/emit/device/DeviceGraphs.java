package org.descentlang.compiler.emit.device;

import static org.descentlang.compiler.emit.device.DeviceNames.FORMS;
import static org.descentlang.compiler.emit.device.DeviceNames.GRAPH_PART;
import static org.descentlang.compiler.emit.device.DeviceNames.KERNEL_CONTEXT;
import static org.descentlang.compiler.emit.device.DeviceNames.TASK_GRAPH;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.text.Positions;

/**
 * The tasks of a program as TornadoVM's graphs.
 *
 * @param kernels the class with the tasks' methods
 */
public record DeviceGraphs(ClassName kernels) {
    /** What lists of graphs are. */
    public static final TypeName PARTS = ParameterizedTypeName.get(ClassName.get(List.class), GRAPH_PART);

    /** Tasks and their arguments in one graph: TornadoVM's buffers for them end at some 1300. */
    private static final int LARGEST_GRAPH = 1000;

    private static final int WEIGHT_OF_TASK = 4;

    /** @param user the class that orders them */
    public TypeSpec kernels(ClassName user, List<DeviceTask> tasks) {
        return TypeSpec.classBuilder(kernels)
                .addModifiers(Modifier.FINAL)
                .addJavadoc("The kernels of {@link $T}, each with the lines that it computes.\n", user)
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build())
                .addMethods(
                        tasks.stream().flatMap(task -> task.methods().stream()).toList())
                .build();
    }

    /** What the class of graphs computes itself, before any of its programs runs. */
    public static void addOnHost(TypeSpec.Builder type, List<MethodSpec> methods) {
        if (methods.isEmpty()) {
            return;
        }
        var all =
                MethodSpec.methodBuilder("onHost").addAnnotation(Override.class).addModifiers(Modifier.PROTECTED);
        methods.forEach(method -> all.addStatement("$L(numbers)", method.name()));
        type.addMethod(all.build()).addMethods(methods);
    }

    /**
     * A method for each graph of a program.
     *
     * @return a list of them
     */
    public CodeBlock addTo(TypeSpec.Builder type, String name, List<DeviceTask> tasks) {
        var parts = parts(tasks);
        var calls = new ArrayList<CodeBlock>();
        for (int i = 0; i < parts.size(); i++) {
            String part = name + "Tasks" + (i + 1);
            calls.add(CodeBlock.of("this::$L", part));
            type.addMethod(part(part, parts.get(i)));
        }
        return list(calls);
    }

    /**
     * A method for each graph of programs that run one after the other, of which there are as few as there can be.
     *
     * @param programs whose own methods there are, by name
     * @return a list of them
     */
    public CodeBlock addSequence(TypeSpec.Builder type, String name, Map<String, List<DeviceTask>> programs) {
        var graphs = new ArrayList<List<String>>();
        int weight = LARGEST_GRAPH;
        for (var program : programs.entrySet()) {
            var parts = parts(program.getValue());
            for (int i = 0; i < parts.size(); i++) {
                int added = weight(parts.get(i));
                if (weight + added > LARGEST_GRAPH) {
                    graphs.add(new ArrayList<>());
                    weight = 0;
                }
                graphs.getLast().add(program.getKey() + "Tasks" + (i + 1));
                weight += added;
            }
        }
        var calls = new ArrayList<CodeBlock>();
        for (int i = 0; i < graphs.size(); i++) {
            String graph = name + "Tasks" + (i + 1);
            calls.add(CodeBlock.of("this::$L", graph));
            var method = graphMethod(graph);
            graphs.get(i).forEach(part -> method.addStatement("$L(graph, forms)", part));
            type.addMethod(method.build());
        }
        return list(calls);
    }

    private static int weight(List<DeviceTask> tasks) {
        return tasks.stream().mapToInt(DeviceGraphs::weight).sum();
    }

    private static int weight(DeviceTask task) {
        return WEIGHT_OF_TASK + task.method().parameters().size();
    }

    private static MethodSpec.Builder graphMethod(String name) {
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE)
                .addParameter(TASK_GRAPH, "graph")
                .addParameter(FORMS, "forms");
    }

    private static CodeBlock list(List<CodeBlock> graphs) {
        return CodeBlock.of("$T.of($L)", List.class, Positions.list(graphs));
    }

    private MethodSpec part(String name, List<DeviceTask> part) {
        var method = graphMethod(name);
        part.forEach(task -> method.addStatement(statement(task)));
        return method.build();
    }

    private CodeBlock statement(DeviceTask task) {
        CodeBlock loops = added(task, task.method());
        return task.other()
                .map(form -> switch (form) {
                    case DeviceTask.Library library ->
                        CodeBlock.of("forms.product(graph,$W$L,$W() -> $L)", library.product(), loops);
                    case DeviceTask.Groups groups ->
                        CodeBlock.of(
                                "forms.reduction(graph,$W$S,$W$L,$W() -> $L,$W() -> $L)",
                                task.name(),
                                groups.count(),
                                added(task, groups.method()),
                                loops);
                })
                .orElse(loops);
    }

    private CodeBlock added(DeviceTask task, MethodSpec method) {
        return CodeBlock.of(
                "graph.task($S, $T::$L$L)",
                task.name(),
                kernels,
                method.name(),
                method.parameters().stream()
                        .map(parameter -> CodeBlock.of(",$W$L", argument(parameter)))
                        .collect(CodeBlock.joining("")));
    }

    private static CodeBlock argument(ParameterSpec parameter) {
        return parameter.type().equals(KERNEL_CONTEXT)
                ? CodeBlock.of("new $T()", KERNEL_CONTEXT)
                : CodeBlock.of("$L", parameter.name());
    }

    private static List<List<DeviceTask>> parts(List<DeviceTask> tasks) {
        var parts = new ArrayList<List<DeviceTask>>();
        int weight = LARGEST_GRAPH;
        for (DeviceTask task : tasks) {
            int added = weight(task);
            if (weight + added > LARGEST_GRAPH) {
                parts.add(new ArrayList<>());
                weight = 0;
            }
            parts.getLast().add(task);
            weight += added;
        }
        return parts;
    }
}
