package org.descentlang.compiler.emit.kernel;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.plan.Affine;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Code.Line;
import org.descentlang.compiler.plan.Code.Store;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Node;
import org.descentlang.compiler.type.ElementType;

/**
 * Scratch memory through which the passes of a kernel with rows side by side hand each other elements: a vector for
 * each column, while in the elements' own memory its lanes are far apart.
 */
final class Planes {
    /** The first vectors are the functions'. */
    private static final int FIRST = 5;

    private record Element(int value, Affine offset) {}

    private final Kernel.Rows kernel;
    private final Code code;
    private final int columns;
    /** In which an element is first met. */
    private final Map<Element, Integer> passes = new HashMap<>();
    /** The first vector of those that are met again. */
    private final Map<Element, Integer> vectors = new HashMap<>();

    Planes(Kernel.Rows kernel) {
        this.kernel = kernel;
        code = kernel.code();
        columns = (int) code.loops().getLast().fixed();
        for (int pass = 0; pass < code.passes().size(); pass++) {
            for (Line line : code.lines()) {
                if (line.pass() == pass && isElement(line)) {
                    load(element((Node.Load) line.node()), pass);
                }
            }
            for (Store store : code.passes().get(pass).stores()) {
                passes.putIfAbsent(element(store), pass);
            }
        }
    }

    private boolean isElement(Line line) {
        return line.node() instanceof Node.Load load
                && load.element() == ElementType.F32
                && line.depth() == code.loops().size()
                && load.offset().uses(ShortRows.ROW);
    }

    private void load(Element element, int pass) {
        int next = FIRST + vectors.size() * columns;
        if (passes.computeIfAbsent(element, _ -> pass) < pass && next + columns <= KernelWriter.SCRATCH_VECTORS) {
            vectors.putIfAbsent(element, next);
        }
    }

    private static Element element(Node.Load load) {
        return new Element(load.value(), load.offset());
    }

    private static Element element(Store store) {
        return new Element(store.value(), store.offset());
    }

    /** The position in scratch memory where an earlier pass put what a line loads. */
    Optional<String> from(int line) {
        return isElement(code.lines().get(line)) && !isFirst(line) ? position(loaded(line)) : Optional.empty();
    }

    /** Where what a line loads goes, since later passes load it, too. */
    Optional<String> to(int line) {
        return isElement(code.lines().get(line)) && isFirst(line) ? position(loaded(line)) : Optional.empty();
    }

    /** Where what is stored goes, since later passes load it. */
    Optional<String> to(Store store) {
        return position(element(store));
    }

    /** Whether nothing reads the element's own memory. */
    boolean replace(Store store) {
        return kernel.inner().contains(store.value())
                && vectors.containsKey(element(store))
                && code.lines().stream()
                        .allMatch(line -> !(line.node() instanceof Node.Load load)
                                || load.value() != store.value()
                                || element(load).equals(element(store)));
    }

    private Element loaded(int line) {
        return element((Node.Load) code.node(line));
    }

    private boolean isFirst(int line) {
        return Integer.valueOf(code.lines().get(line).pass()).equals(passes.get(loaded(line)));
    }

    private Optional<String> position(Element element) {
        return Optional.ofNullable(vectors.get(element))
                .map(vector -> KernelWriter.LANES * vector + " + " + KernelWriter.LANES + " * "
                        + Positions.variable(ShortRows.COLUMN));
    }
}
