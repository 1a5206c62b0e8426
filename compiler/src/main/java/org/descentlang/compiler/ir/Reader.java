package org.descentlang.compiler.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.descentlang.compiler.ir.InstructionText.Attributes;
import org.descentlang.compiler.type.TensorType;

/**
 * Reads what {@link Printer} prints. Written by hand, values may have names ({@code %sum}) and a type may be left out
 * where operation and operands say it.
 */
public final class Reader {
    private final Map<String, Integer> values = new HashMap<>();
    private final Map<String, Program> bodies = new HashMap<>();
    private final ProgramBuilder program;

    private Reader(String name) {
        program = new ProgramBuilder(name);
    }

    /** @throws IllegalArgumentException with the line that is not understood or ill-typed */
    public static Program read(String text) {
        Iterator<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).iterator();
        return read("program", lines.next(), lines);
    }

    private static Program read(String keyword, String firstLine, Iterator<String> lines) {
        var first = new InstructionText(firstLine);
        first.expect(keyword);
        return new Reader(first.string()).read(lines);
    }

    /** To the end of the text, or of a region. */
    private Program read(Iterator<String> lines) {
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.equals("end")) {
                break;
            }
            if (line.startsWith("region")) {
                Program body = read("region", line, lines);
                bodies.put(body.name(), body);
            } else {
                readLine(line);
            }
        }
        return program.build();
    }

    private void readLine(String line) {
        try {
            var text = new InstructionText(line);
            if (line.startsWith("output")) {
                output(text);
            } else {
                instruction(text);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(line + ": " + e.getMessage(), e);
        }
    }

    private void output(InstructionText text) {
        text.expect("output");
        Output.Sink sink = kind(Output.Sink.class, text.word());
        String name = text.string();
        text.expect("=");
        program.output(sink, name, value(text.word()));
    }

    private void instruction(InstructionText text) {
        String label = text.word();
        text.expect("=");
        String keyword = text.word();
        Attributes attributes = text.attributes();
        var operands = new ArrayList<Integer>();
        for (String operand : text.operands()) {
            operands.add(value(operand));
        }
        Optional<TensorType> type = text.type();
        int value = program.add(op(keyword, attributes, type), operands);
        if (type.isPresent() && !type.get().equals(program.type(value))) {
            throw new IllegalArgumentException("the type is " + program.type(value));
        }
        if (values.put(label, value) != null) {
            throw new IllegalArgumentException(label + " is there already");
        }
    }

    private int value(String label) {
        Integer value = values.get(label);
        if (value == null) {
            throw new IllegalArgumentException("no value " + label);
        }
        return value;
    }

    private Op op(String keyword, Attributes attributes, Optional<TensorType> type) {
        return switch (keyword) {
            case "read" -> new Op.Read(kind(Op.Storage.class, attributes.word(0)), attributes.word(1), given(type));
            case "constant" ->
                new Op.Constant(
                        Double.parseDouble(attributes.word(0)), given(type).element());
            case "extent" -> new Op.Extent(attributes.dim("size"));
            case "iota" -> new Op.Iota(given(type).shape(), attributes.integer("axis"));
            case "random" -> {
                var distribution = kind(Op.Distribution.class, attributes.word(0));
                int turn = attributes.named().containsKey("turn") ? attributes.integer("turn") : 0;
                yield new Op.Random(
                        distribution,
                        attributes.integer("place"),
                        turn,
                        given(type).shape());
            }
            case "compare" -> new Op.Compare(kind(Op.Comparison.class, attributes.word(0)));
            case "select" -> new Op.Select();
            case "cast" -> new Op.Cast(given(type).element());
            case "broadcast" -> new Op.Broadcast(given(type).shape(), attributes.integers("axes"));
            case "reshape" -> new Op.Reshape(given(type).shape());
            case "transpose" -> new Op.Transpose(attributes.integers("axes"));
            case "slice" ->
                new Op.Slice(attributes.integer("axis"), attributes.number("start"), attributes.number("length"));
            case "pad" ->
                new Op.Pad(attributes.integer("axis"), attributes.number("before"), attributes.number("after"));
            case "concat" -> new Op.Concat(attributes.integer("axis"));
            case "reduce" -> new Op.Reduce(kind(Op.Reduction.class, attributes.word(0)), attributes.integers("axes"));
            case "argmax" -> new Op.ArgMax(attributes.integer("axis"));
            case "matmul" -> new Op.MatMul(attributes.has("left"), attributes.has("right"));
            case "gather" -> new Op.Gather();
            case "scatter_add" -> new Op.ScatterAdd(attributes.number("rows"));
            case "convolve" ->
                new Op.Convolve(
                        windows(attributes), attributes.number("groups"), kind(Op.Part.class, attributes.word(0)));
            case "window_argmax" -> new Op.WindowArgMax(windows(attributes));
            case "pick" -> new Op.Pick();
            case "put_back" -> new Op.PutBack(attributes.number("length"));
            case "scan" -> scan(attributes);
            default -> elementWise(keyword);
        };
    }

    /** {@code scan "body" carried "h" turns=3 forwards carried "h" element "w"}: body, result, direction, slots. */
    private Op scan(Attributes attributes) {
        Program body = bodies.get(attributes.word(0));
        if (body == null) {
            throw new IllegalArgumentException("no region " + attributes.word(0));
        }
        var slots = new ArrayList<Loop.Slot>();
        for (int i = 4; i < attributes.words().size(); i += 2) {
            slots.add(new Loop.Slot(kind(Op.Storage.class, attributes.word(i)), attributes.word(i + 1)));
        }
        var loop =
                new Loop(body, attributes.integer("turns"), attributes.word(3).equals("backwards"), slots);
        return new Op.Scan(loop, kind(Output.Sink.class, attributes.word(1)), attributes.word(2));
    }

    private static Windows windows(Attributes attributes) {
        int rank = attributes.integers("inputs").size();
        return new Windows(IntStream.range(0, rank)
                .mapToObj(axis -> new Windows.Along(
                        attributes.integers("inputs").get(axis),
                        attributes.integers("sizes").get(axis),
                        attributes.integers("strides").get(axis),
                        attributes.integers("dilations").get(axis),
                        attributes.integers("before").get(axis),
                        attributes.integers("positions").get(axis)))
                .toList());
    }

    private static Op elementWise(String keyword) {
        return Arrays.stream(Op.UnaryKind.values())
                .filter(unary -> unary.keyword().equals(keyword))
                .<Op>map(Op.Unary::new)
                .findFirst()
                .orElseGet(() -> new Op.Binary(kind(Op.BinaryKind.class, keyword)));
    }

    private static TensorType given(Optional<TensorType> type) {
        return type.orElseThrow(() -> new IllegalArgumentException("needs a type"));
    }

    /** @throws IllegalArgumentException if there is none of this name */
    private static <E extends Enum<E> & Op.Kind> E kind(Class<E> kinds, String keyword) {
        return Arrays.stream(kinds.getEnumConstants())
                .filter(kind -> kind.keyword().equals(keyword))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing is called " + keyword));
    }
}
