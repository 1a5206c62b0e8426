package org.descentlang.compiler.plan;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.StackedName;
import org.descentlang.compiler.type.TensorType;

/**
 * Where the tensors lie that a repetition has one of for each turn.
 *
 * @param stride elements from each to the next
 */
record StackedPlaces(Place first, Offset stride) {
    /** Empty if the name is that of one tensor. */
    static Optional<StackedPlaces> ifStacked(Op.Read read, Layout layout) {
        return StackedName.of(read.name()).map(names -> required(names, place(read, names, layout)));
    }

    static Optional<StackedPlaces> ifStacked(Output output, Layout layout) {
        return StackedName.of(output.name()).map(names -> required(names, place(output, names, layout)));
    }

    private static StackedPlaces required(StackedName names, IntFunction<Place> places) {
        return even(names, places).orElseThrow(() -> new IllegalArgumentException(names + " do not lie evenly"));
    }

    /** Whether all that the program reads and leaves for the turns of loops lies at even distances. */
    static boolean areEven(Program program, Layout layout) {
        boolean reads = program.instructions().stream()
                .allMatch(instruction -> !(instruction.op() instanceof Op.Read read)
                        || StackedName.of(read.name()).stream()
                                .allMatch(names ->
                                        even(names, place(read, names, layout)).isPresent()));
        return reads
                && program.outputs().stream()
                        .allMatch(output -> StackedName.of(output.name()).stream()
                                .allMatch(names -> even(names, place(output, names, layout))
                                        .isPresent()));
    }

    private static IntFunction<Place> place(Op.Read read, StackedName names, Layout layout) {
        TensorType one = read.type().as(read.type().shape().without(0));
        return turn -> layout.of(new Op.Read(read.storage(), names.name(turn), one));
    }

    private static IntFunction<Place> place(Output output, StackedName names, Layout layout) {
        return turn -> layout.of(new Output(output.sink(), names.name(turn), output.value()));
    }

    private static Optional<StackedPlaces> even(StackedName names, IntFunction<Place> places) {
        List<Place> all = names.indices().mapToObj(places).toList();
        long first = all.get(0).offset().fixedPart();
        long stride = all.get(1).offset().fixedPart() - first;
        boolean even = names.indices()
                .allMatch(turn -> all.get(turn).offset().isFixed()
                        && all.get(turn).offset().fixedPart() == first + turn * stride);
        return even && stride > 0
                ? Optional.of(new StackedPlaces(all.getFirst(), Offset.of(stride)))
                : Optional.empty();
    }
}
