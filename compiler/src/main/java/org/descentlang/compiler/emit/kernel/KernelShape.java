package org.descentlang.compiler.emit.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Code.Line;
import org.descentlang.compiler.plan.Code.Pass;
import org.descentlang.compiler.plan.Code.Reduction;
import org.descentlang.compiler.plan.Code.Store;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Node;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Product;
import org.descentlang.compiler.plan.Slab;

/**
 * What a kernel computes, whichever values it computes it from: they are numbered as they occur. Kernels of one shape
 * have the same text but for places in memory and the names of numbers.
 *
 * @param reductions the operations of the values that are reduced
 * @param inner see {@link Kernel.Rows}
 * @param slabs in which the values lie
 * @param places of each value the number of its place
 */
record KernelShape(
        Class<? extends Kernel> kind,
        Optional<Code> code,
        Optional<Product> product,
        List<Op> reductions,
        List<Boolean> inner,
        List<Slab> slabs,
        List<Integer> places) {

    /**
     * A shape and what a kernel fills it with.
     *
     * @param places by their numbers
     * @param values one that lies at each place
     * @param hosts the host's scalars
     */
    record Use(KernelShape shape, Kernel kernel, List<Place> places, List<Integer> values, List<Integer> hosts) {}

    /** Of a kernel that is written as loops. */
    static Optional<Use> of(Plan plan, Kernel kernel) {
        return switch (kernel) {
            case Kernel.Rows rows -> Optional.of(new Numbering(plan, rows.inner()).use(rows, rows.code()));
            case Kernel.Columns columns -> Optional.of(new Numbering(plan, List.of()).use(columns, columns.code()));
            case Kernel.Fold fold -> Optional.of(new Numbering(plan, List.of()).use(fold, fold.code()));
            case Kernel.Library library
            when library.isSmallProduct() -> Optional.of(new Numbering(plan, List.of()).use(library));
            case Kernel.Assembly _, Kernel.Library _, Kernel.Commit _ -> Optional.empty();
        };
    }

    /** Gives numbers to values in the order in which they occur. */
    private static final class Numbering {
        private final Plan plan;
        private final List<Integer> inner;
        private final List<Integer> values = new ArrayList<>();
        private final List<Integer> reduced = new ArrayList<>();
        private final List<Integer> hosts = new ArrayList<>();

        Numbering(Plan plan, List<Integer> inner) {
            this.plan = plan;
            this.inner = inner;
        }

        Use use(Kernel kernel, Code code) {
            return use(kernel, Optional.of(code(code)), Optional.empty());
        }

        Use use(Kernel.Library library) {
            Op.MatMul matMul = (Op.MatMul) library.op();
            library.operands().forEach(operand -> number(values, operand));
            number(values, library.value());
            var instruction = plan.program().instruction(library.value());
            return use(library, Optional.empty(), Optional.of(Product.of(plan.program(), matMul, instruction)));
        }

        private Use use(Kernel kernel, Optional<Code> code, Optional<Product> product) {
            var places = new ArrayList<Place>();
            var numbers = values.stream()
                    .map(value -> number(places, plan.place(value)))
                    .toList();
            var shape = new KernelShape(
                    kernel.getClass(),
                    code,
                    product,
                    reduced.stream()
                            .map(value -> plan.program().instruction(value).op())
                            .toList(),
                    values.stream().map(inner::contains).toList(),
                    values.stream().map(value -> plan.place(value).slab()).toList(),
                    numbers);
            var ofPlaces = places.stream()
                    .map(place -> values.stream()
                            .filter(value -> plan.place(value).equals(place))
                            .findFirst()
                            .orElseThrow())
                    .toList();
            return new Use(shape, kernel, List.copyOf(places), ofPlaces, List.copyOf(hosts));
        }

        private static <T> int number(List<T> all, T one) {
            if (!all.contains(one)) {
                all.add(one);
            }
            return all.indexOf(one);
        }

        private Code code(Code code) {
            return new Code(
                    code.loops(),
                    code.rowLoops(),
                    code.lines().stream().map(this::line).toList(),
                    code.passes().stream().map(this::pass).toList(),
                    code.rowStores().stream().map(this::store).toList());
        }

        private Line line(Line line) {
            return new Line(node(line.node()), line.depth(), line.pass());
        }

        private Node node(Node node) {
            return switch (node) {
                case Node.Load load -> new Node.Load(number(values, load.value()), load.offset(), load.element());
                case Node.Host host -> new Node.Host(number(hosts, host.value()), host.element());
                case Node.Reduced result -> new Node.Reduced(number(reduced, result.value()), result.element());
                case Node.Literal _, Node.Position _, Node.Apply _ -> node;
            };
        }

        private Pass pass(Pass pass) {
            return new Pass(
                    pass.stores().stream().map(this::store).toList(),
                    pass.reductions().stream().map(this::reduction).toList());
        }

        private Store store(Store store) {
            return new Store(number(values, store.value()), store.line(), store.offset());
        }

        private Reduction reduction(Reduction reduction) {
            return new Reduction(number(reduced, reduction.value()), reduction.line(), reduction.position());
        }
    }
}
