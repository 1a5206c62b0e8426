package org.descentlang.compiler.ir;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A program as text that {@link Reader} understands; where instructions come from is left out. The bodies of loops
 * stand before the instructions, between `region` and `end`.
 *
 * <pre>
 * program step
 * %0 = read input "image" : f32[batch, 64]
 * %1 = read parameter "head.w" : f32[64, 10]
 * %2 = matmul %0, %1 : f32[batch, 10]
 * %3 = reduce sum axes=[0, 1] %2 : f32
 * output result "loss" = %3
 * </pre>
 */
public final class Printer {
    private Printer() {}

    public static String print(Program program) {
        return print("program", program);
    }

    private static String print(String keyword, Program program) {
        var text = new StringBuilder(keyword)
                .append(' ')
                .append(quoted(program.name()))
                .append('\n');
        for (Program body : bodies(program)) {
            text.append(print("region", body)).append("end\n");
        }
        for (int value = 0; value < program.size(); value++) {
            text.append(line(value, program.instruction(value))).append('\n');
        }
        for (Output output : program.outputs()) {
            String sink = output.sink().keyword();
            text.append("output %s %s = %%%d\n".formatted(sink, quoted(output.name()), output.value()));
        }
        return text.toString();
    }

    /** Each once; they have names of their own. */
    private static Set<Program> bodies(Program program) {
        var bodies = new LinkedHashSet<Program>();
        for (Instruction instruction : program.instructions()) {
            if (instruction.op() instanceof Op.Region region) {
                bodies.add(region.body());
            }
        }
        return bodies;
    }

    private static String scan(Op.Scan scan) {
        Loop loop = scan.loop();
        String slots = loop.slots().stream()
                .map(slot -> " " + slot.storage().keyword() + " " + quoted(slot.name()))
                .collect(Collectors.joining());
        return "scan " + quoted(loop.body().name()) + " " + scan.sink().keyword() + " " + quoted(scan.result())
                + " turns=" + loop.turns() + (loop.backwards() ? " backwards" : " forwards") + slots;
    }

    /** One instruction: {@code %3 = add %1, %2 : f32}. */
    public static String line(int value, Instruction instruction) {
        String operands = instruction.operands().stream()
                .map(operand -> "%" + operand)
                .collect(Collectors.joining(", ", " ", ""));
        return "%" + value + " = " + operation(instruction.op()) + operands.stripTrailing() + " : "
                + instruction.type();
    }

    private static String operation(Op op) {
        return switch (op) {
            case Op.Read read -> "read " + read.storage().keyword() + " " + quoted(read.name());
            case Op.Constant constant -> "constant " + constant.value();
            case Op.Extent extent -> "extent size=[" + extent.dim() + "]";
            case Op.Iota iota -> "iota axis=" + iota.axis();
            case Op.Random random ->
                "random " + random.distribution().keyword() + " place=" + random.place()
                        + (random.turn() == 0 ? "" : " turn=" + random.turn());
            case Op.Unary unary -> unary.kind().keyword();
            case Op.Binary binary -> binary.kind().keyword();
            case Op.Compare compare -> "compare " + compare.comparison().keyword();
            case Op.Select _ -> "select";
            case Op.Cast _ -> "cast";
            case Op.Broadcast broadcast -> "broadcast axes=" + broadcast.axes();
            case Op.Reshape _ -> "reshape";
            case Op.Transpose transpose -> "transpose axes=" + transpose.permutation();
            case Op.Slice slice ->
                "slice axis=%d start=%d length=%d".formatted(slice.axis(), slice.start(), slice.length());
            case Op.Pad pad -> "pad axis=%d before=%d after=%d".formatted(pad.axis(), pad.before(), pad.after());
            case Op.Concat concat -> "concat axis=" + concat.axis();
            case Op.Reduce reduce -> "reduce " + reduce.reduction().keyword() + " axes=" + reduce.axes();
            case Op.ArgMax argMax -> "argmax axis=" + argMax.axis();
            case Op.MatMul matMul ->
                "matmul" + (matMul.transposeLeft() ? " left" : "") + (matMul.transposeRight() ? " right" : "");
            case Op.Gather _ -> "gather";
            case Op.ScatterAdd scatter -> "scatter_add rows=" + scatter.rows();
            case Op.Convolve convolve ->
                "convolve " + convolve.part().keyword() + windows(convolve.windows()) + " groups=" + convolve.groups();
            case Op.WindowArgMax largest -> "window_argmax" + windows(largest.windows());
            case Op.Pick _ -> "pick";
            case Op.PutBack back -> "put_back length=" + back.length();
            case Op.Scan scan -> scan(scan);
        };
    }

    private static String windows(Windows windows) {
        return extents("inputs", windows, Windows.Along::input)
                + extents("sizes", windows, Windows.Along::size)
                + extents("strides", windows, Windows.Along::stride)
                + extents("dilations", windows, Windows.Along::dilation)
                + extents("before", windows, Windows.Along::before)
                + extents("positions", windows, Windows.Along::positions);
    }

    private static String extents(String name, Windows windows, Function<Windows.Along, Long> extent) {
        return " " + name + "=" + windows.axes().stream().map(extent).toList();
    }

    static String quoted(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
