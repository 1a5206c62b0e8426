package org.descentlang.compiler.emit.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.descentlang.compiler.emit.text.Names;
import org.descentlang.compiler.emit.text.ScalarNames;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Node;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Plan;

/**
 * The methods of a plan's kernels. Kernels of one shape share the method of the first, and positions in which they
 * differ are its parameters: less to read, and HotSpot compiles it once. Otherwise positions are constants.
 */
public final class SharedKernels {
    private final Plan plan;
    private final ScalarNames names;
    private final Frame frame;
    private final Places places;
    private final Map<KernelShape, List<KernelShape.Use>> groups = new HashMap<>();
    private final Map<KernelShape, KernelForms> forms = new HashMap<>();

    public SharedKernels(Plan plan, ScalarNames names, Frame frame, Places places) {
        this.plan = plan;
        this.names = names;
        this.frame = frame;
        this.places = places;
        plan.kernels()
                .flatMap(kernel -> KernelShape.of(plan, kernel).stream())
                .forEach(use -> groups.computeIfAbsent(use.shape(), _ -> new ArrayList<>())
                        .add(use));
    }

    /** Those that share a kernel's method, itself among them; the method is named after the first. */
    public List<Kernel> sharing(Kernel kernel) {
        return group(kernel).stream().map(KernelShape.Use::kernel).toList();
    }

    /** Of the method that a kernel shares. */
    public KernelForms forms(Kernel kernel) {
        var group = group(kernel);
        return forms.computeIfAbsent(
                group.getFirst().shape(),
                _ -> KernelForms.of(operands(group), group.getFirst().kernel()));
    }

    /** Of a kernel's part that has a method of its own. */
    public KernelForms forms(String name, Code copy) {
        var taken = new Names();
        var starts = new LinkedHashMap<Place, String>();
        moving(copy).forEach(value -> {
            Place place = plan.place(value);
            starts.put(place, taken.unique(ScalarNames.start(place.slab())));
        });
        return KernelForms.elementWise(new Operands(plan, names, frame, places, starts, Set.of()), name, copy);
    }

    /** The values of a kernel's part that lie elsewhere in each turn of a loop, one a place. */
    public List<Integer> moving(Code copy) {
        var values = new LinkedHashMap<Place, Integer>();
        var loads = copy.lines().stream()
                .map(Code.Line::node)
                .filter(Node.Load.class::isInstance)
                .map(node -> ((Node.Load) node).value());
        var stores =
                copy.passes().stream().flatMap(pass -> pass.stores().stream()).map(Code.Store::value);
        Stream.concat(loads, stores)
                .filter(value -> !plan.place(value).strides().isEmpty())
                .forEach(value -> values.putIfAbsent(plan.place(value), value));
        return List.copyOf(values.values());
    }

    /** The method with what this kernel hands it. */
    public KernelMethod.Use use(Kernel kernel) {
        var first = group(kernel).getFirst();
        var own = filled(kernel);
        KernelMethod method = forms(kernel).plain();
        return new KernelMethod.Use(
                method,
                method.starts().stream()
                        .map(place -> own.values().get(first.places().indexOf(place)))
                        .toList(),
                method.hosts().stream()
                        .map(host -> own.hosts().get(first.hosts().indexOf(host)))
                        .toList());
    }

    private List<KernelShape.Use> group(Kernel kernel) {
        return groups.getOrDefault(filled(kernel).shape(), List.of());
    }

    private KernelShape.Use filled(Kernel kernel) {
        return KernelShape.of(plan, kernel)
                .orElseThrow(() -> new IllegalArgumentException(kernel.name() + " is not written as loops"));
    }

    /** Of the first; what the others differ in gets a name that fits all. */
    private Operands operands(List<KernelShape.Use> group) {
        var taken = new Names();
        var starts = new LinkedHashMap<Place, String>();
        given(group).forEach(place -> starts.put(place, taken.unique(ScalarNames.start(place.slab()))));
        var given = different(group, KernelShape.Use::hosts);
        return new Operands(plan, names.withNumbers(given), frame, places, starts, Set.copyOf(given));
    }

    /** Places that are not the same for all, or in all turns of a loop. */
    private static List<Place> given(List<KernelShape.Use> group) {
        var different = different(group, KernelShape.Use::places);
        return group.getFirst().places().stream()
                .filter(place -> different.contains(place) || !place.strides().isEmpty())
                .toList();
    }

    /** The first's operands that are not the same for all. */
    private static <T> List<T> different(List<KernelShape.Use> group, Function<KernelShape.Use, List<T>> operands) {
        var first = operands.apply(group.getFirst());
        return IntStream.range(0, first.size())
                .filter(number -> group.stream()
                        .anyMatch(use -> !operands.apply(use).get(number).equals(first.get(number))))
                .mapToObj(first::get)
                .toList();
    }
}
