package org.descentlang.compiler.emit.device;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.descentlang.compiler.emit.text.Text;
import org.descentlang.compiler.emit.text.Text.Binding;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.plan.Affine;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.type.ElementType;

/**
 * The single numbers of a plan, as doubles, whatever their type. What follows from the host's numbers alone, the host
 * computes and uploads in `numbers`; the others live on the device in `scalars`.
 */
final class DeviceScalars {
    private final Plan plan;
    private final DeviceNumbers numbers;
    private final DeviceRoom room;
    private final Map<Integer, Integer> positions = new HashMap<>();
    private final Map<Integer, Integer> givenPositions = new HashMap<>();
    private final Map<Integer, Boolean> given = new HashMap<>();
    private final DeviceMethod onHost;

    DeviceScalars(Plan plan, DeviceNumbers numbers, DeviceRoom room) {
        this.plan = plan;
        this.numbers = numbers;
        this.room = room;
        this.onHost = new DeviceMethod(plan, false);
    }

    /** Whether the host knows it before anything runs: then no kernel computes it. */
    boolean isGiven(int value) {
        Boolean known = given.get(value);
        if (known == null) {
            known = follows(value);
            given.put(value, known);
        }
        return known;
    }

    private boolean follows(int value) {
        Instruction instruction = plan.program().instruction(value);
        boolean used = plan.placeOf(value).isPresent()
                || plan.program().outputs().stream().anyMatch(output -> output.value() == value);
        if (used || plan.fetches().containsKey(value)) {
            return false;
        }
        Op op = instruction.op();
        boolean known = op instanceof Op.Constant || op instanceof Op.Extent;
        boolean sent = op instanceof Op.Read read && read.storage() == Op.Storage.SCALAR;
        boolean single =
                plan.program().type(value).isScalar() && !instruction.operands().isEmpty();
        return known || sent || single && instruction.operands().stream().allMatch(this::isGiven);
    }

    /** The method by which the host computes what is given, if anything is. */
    Optional<MethodSpec> onHost(String name) {
        return givenPositions.isEmpty() ? Optional.empty() : Optional.of(onHost.build(name, ""));
    }

    /** Where in `numbers` a value is that the host computes. */
    private int givenPosition(int value) {
        Integer known = givenPositions.get(value);
        if (known != null) {
            return known;
        }
        CodeBlock expression = expression(onHost, value).code();
        int position = numbers.size() + room.givenNumber();
        givenPositions.put(value, position);
        onHost.statement("$L.set($L, $L)", onHost.doubles("numbers"), position, expression);
        return position;
    }

    /** Where in `scalars` a value is. */
    int position(int value) {
        return positions.computeIfAbsent(value, _ -> room.scalar());
    }

    /** The name of a scalar that a kernel uses, in the kernel's precision. */
    String host(DeviceMethod method, int value) {
        TypeName type = DeviceNames.type(element(value));
        return method.host(value, type, CodeBlock.of("($T) $L", type, stored(method, value)));
    }

    /** Computes a value from those before it. */
    void compute(DeviceMethod method, int value) {
        set(method, value, expression(method, value).code());
    }

    void set(DeviceMethod method, int value, CodeBlock expression) {
        method.statement("$L.set($L, $L)", method.doubles("scalars"), position(value), expression);
        plan.placeOf(value).ifPresent(place -> {
            TypeName type = DeviceNames.type(element(value));
            method.set(place, Affine.ZERO, CodeBlock.of("($T) $L", type, stored(method, value)));
        });
    }

    /** A result that is a single number and that a kernel has left in memory. */
    void fetch(DeviceMethod method, int value) {
        CodeBlock found = method.get(plan.place(value), Affine.ZERO);
        method.statement("$L.set($L, $L)", method.doubles("scalars"), position(value), found);
    }

    private CodeBlock stored(DeviceMethod method, int value) {
        if (isGiven(value)) {
            return CodeBlock.of("$L.get($L)", method.doubles("numbers"), givenPosition(value));
        }
        return CodeBlock.of("$L.get($L)", method.doubles("scalars"), position(value));
    }

    private ElementType element(int value) {
        return plan.program().type(value).element();
    }

    private Text operand(DeviceMethod method, int value) {
        Instruction instruction = plan.program().instruction(value);
        Plan.Fetch fetch = plan.fetches().get(value);
        boolean outside = instruction.op() instanceof Op.Constant || instruction.op() instanceof Op.Read;
        if (fetch == null && outside) {
            return expression(method, value);
        }
        boolean real = element(value) == ElementType.F32;
        if (fetch == null) {
            CodeBlock stored = stored(method, value);
            return real
                    ? new Text(stored, Binding.PRIMARY)
                    : new Text(CodeBlock.of("(int) $L", stored), Binding.PREFIX);
        }
        CodeBlock found = method.get(plan.place(fetch.value()), Affine.constant(fetch.offset()));
        return real ? new Text(CodeBlock.of("(double) $L", found), Binding.PREFIX) : new Text(found, Binding.PRIMARY);
    }

    private Text expression(DeviceMethod method, int value) {
        Instruction instruction = plan.program().instruction(value);
        return switch (instruction.op()) {
            case Op.Constant constant -> DeviceText.literal(constant.value(), constant.element(), true);
            case Op.Read read -> Text.primary("$L.get($L)", method.doubles("numbers"), numbers.position(read));
            case Op.Extent extent -> Text.prefix("(double) ", Text.primary("($L)", method.size(extent.dim())));
            case Op.View _, Op.Reducing _ -> operand(method, instruction.operand(0));
            case Op.Iota _, Op.Assembling _, Op.Call _, Op.Region _ ->
                throw new IllegalArgumentException(instruction.toString());
            case Op.ElementWise op -> {
                var operands = instruction.operands().stream()
                        .map(operand -> operand(method, operand))
                        .toList();
                ElementType from = element(instruction.operand(0));
                yield DeviceText.of(op, from, operands, "double");
            }
        };
    }
}
