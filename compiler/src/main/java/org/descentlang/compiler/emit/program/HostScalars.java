package org.descentlang.compiler.emit.program;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.descentlang.compiler.emit.kernel.KernelWriter;
import org.descentlang.compiler.emit.kernel.Places;
import org.descentlang.compiler.emit.text.DoubleText;
import org.descentlang.compiler.emit.text.FloatText;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.emit.text.ScalarNames;
import org.descentlang.compiler.emit.text.ScalarSource;
import org.descentlang.compiler.emit.text.Text;
import org.descentlang.compiler.emit.text.Text.Binding;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Node;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Step;
import org.descentlang.compiler.type.ElementType;

/** The single numbers of a plan as Java: locals of a method, or fields where another method needs them. */
public final class HostScalars {
    private final Plan plan;
    private final ScalarNames names;
    private final ScalarSource source;
    private final PlanPlaces places;
    private final Set<Integer> fields = new HashSet<>();

    private HostScalars(Plan plan, ScalarNames names, ScalarSource source, PlanPlaces places) {
        this.places = places;
        this.plan = plan;
        this.names = names;
        this.source = source;
    }

    static HostScalars inFields(Plan plan, ScalarNames names, ScalarSource source, PlanPlaces places) {
        var scalars = new HostScalars(plan, names, source, places);
        scalars.chooseFields();
        return scalars;
    }

    /** All in one method. */
    public static HostScalars local(Plan plan, ScalarNames names, ScalarSource source) {
        return new HostScalars(plan, names, source, new PlanPlaces(plan, Places.UNNAMED, ""));
    }

    /** A value within the method that computes it. */
    public CodeBlock local(int value) {
        return operand(value).code();
    }

    private void chooseFields() {
        for (Step step : plan.steps()) {
            switch (step) {
                case Step.Scalars scalars ->
                    scalars.results()
                            .forEach(value -> plan.program().instruction(value).operands().stream()
                                    .filter(operand -> !scalars.results().contains(operand))
                                    .forEach(fields::add));
                case Kernel.Rows rows -> addHosts(rows.code());
                case Kernel.Fold fold -> {
                    fields.add(fold.value());
                    addHosts(fold.code());
                }
                case Kernel.Columns columns -> addHosts(columns.code());
                case Kernel.Assembly assembly -> assembly.copies().forEach(this::addHosts);
                case Kernel.Library _, Kernel.Commit _, Step.Loop _ -> {}
            }
        }
        for (Output output : plan.program().outputs()) {
            fields.add(output.value());
        }
        fields.removeIf(value -> plan.fetches().containsKey(value)
                || !plan.program().type(value).isScalar()
                || plan.program().instruction(value).op() instanceof Op.Constant);
    }

    private void addHosts(Code code) {
        code.lines().forEach(line -> {
            if (line.node() instanceof Node.Host host) {
                fields.add(host.value());
            }
        });
    }

    /** Values that are fields, each with its type. */
    List<Integer> fields() {
        return plan.steps().stream()
                .filter(step -> step instanceof Step.Scalars || step instanceof Kernel.Fold)
                .flatMap(step -> step.results().stream())
                .filter(fields::contains)
                .toList();
    }

    String field(int value) {
        return names.name(value);
    }

    TypeName type(int value) {
        ElementType element = plan.program().type(value).element();
        return element == ElementType.F32 ? TypeName.DOUBLE : KernelWriter.type(element);
    }

    /** As a kernel wants it: f32 in single precision. */
    CodeBlock argument(int value) {
        boolean real = plan.program().type(value).element() == ElementType.F32;
        return CodeBlock.of(real ? "(float) $L" : "$L", field(value));
    }

    public List<CodeBlock> statements(List<Integer> values) {
        var statements = new ArrayList<CodeBlock>();
        for (int value : values) {
            CodeBlock code = expression(value).code();
            if (fields.contains(value)) {
                statements.add(CodeBlock.of("$L = $L", field(value), code));
            } else if (!isInline(value)) {
                statements.add(CodeBlock.of("$T $L = $L", type(value), names.name(value), code));
            }
            if (plan.placeOf(value).isPresent()) {
                statements.add(keep(value));
            }
        }
        return statements;
    }

    /** Literals and arguments are as short as a name for them. */
    private boolean isInline(int value) {
        return switch (plan.program().instruction(value).op()) {
            case Op.Constant _, Op.Read _ -> true;
            case Op.Extent _, Op.Iota _ -> false;
            case Op.ElementWise _, Op.View _, Op.Reducing _, Op.Assembling _, Op.Call _, Op.Region _ -> false;
        };
    }

    /** Writes a scalar where memory has to hold it. */
    CodeBlock keep(int value) {
        Text text = operand(value);
        CodeBlock stored = switch (plan.program().type(value).element()) {
            case F32 -> Text.prefix("(float) ", text).code();
            case I32 -> text.code();
            case BOOL -> FloatText.conditional(text, "1", "0").code();
        };
        return CodeBlock.of("$L[$L] = $L", places.array(value), places.at(value), stored);
    }

    /** After the program has run: from a field or, where a kernel computed it, from memory. */
    CodeBlock result(int value) {
        boolean computed =
                fields().contains(value) || plan.program().instruction(value).op() instanceof Op.Constant;
        return (computed ? operand(value) : fetched(value, new Plan.Fetch(value, 0))).code();
    }

    private Text operand(int value) {
        Plan.Fetch fetch = plan.fetches().get(value);
        if (fetch != null) {
            return fetched(value, fetch);
        }
        if (isInline(value) && !fields.contains(value)) {
            return expression(value);
        }
        return Text.primary("$L", fields.contains(value) ? field(value) : names.name(value));
    }

    private Text fetched(int value, Plan.Fetch fetch) {
        Text element = Text.primary("$L[$L]", places.array(fetch.value()), places.at(fetch.value(), fetch.offset()));
        boolean bool = plan.program().type(value).element() == ElementType.BOOL;
        return bool ? Text.infix(element, "!=", Text.primary("0"), Binding.EQUALITY) : element;
    }

    private static Text literal(Op.Constant constant) {
        return constant.element() == ElementType.F32
                ? DoubleText.literal(constant.value())
                : FloatText.literal(constant.value(), constant.element());
    }

    private Text expression(int value) {
        Instruction instruction = plan.program().instruction(value);
        return switch (instruction.op()) {
            case Op.Constant constant -> literal(constant);
            case Op.Read read -> source.read(read);
            case Op.Extent extent -> new Text(CodeBlock.of("$L", Positions.size(extent.dim())), Binding.PRODUCT);
            case Op.View _, Op.Reducing _ -> operand(instruction.operand(0));
            case Op.Iota _, Op.Assembling _, Op.Call _, Op.Region _ ->
                throw new IllegalArgumentException(instruction.toString());
            case Op.ElementWise op -> {
                var operands =
                        instruction.operands().stream().map(this::operand).toList();
                ElementType from = plan.program().type(instruction.operand(0)).element();
                yield DoubleText.of(op, from, operands);
            }
        };
    }
}
