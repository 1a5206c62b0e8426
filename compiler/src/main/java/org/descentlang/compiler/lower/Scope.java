package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.descentlang.compiler.ast.Declaration.Kind;
import org.descentlang.compiler.type.Dim;

/** The names of one use of a definition, or of a clause. Branches and loops share it: what they bind stays bound. */
public final class Scope {
    static final String FAN_IN = "fan_in";
    static final String FAN_OUT = "fan_out";

    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<String, Dimension> dimensions = new LinkedHashMap<>();
    private final int frame;
    private final Optional<Scope> outer;
    private Optional<List<Dimension>> leading = Optional.empty();
    private Place place;
    private String index = "";
    private List<Kind> callable = List.of(Kind.FUNCTION, Kind.LAYER, Kind.LOSS, Kind.METRIC, Kind.INIT);
    private final Map<String, Value.Given> given = new LinkedHashMap<>();
    private final Map<String, String> running = new LinkedHashMap<>();
    private boolean wholeModel;
    private boolean shared;
    private boolean frozen;

    Scope(int frame, Place place) {
        this(frame, place, Optional.empty());
    }

    private Scope(int frame, Place place, Optional<Scope> outer) {
        this.frame = frame;
        this.place = place;
        this.outer = outer;
    }

    public void bind(String name, Value value) {
        values.put(name, value);
    }

    public Optional<Value> value(String name) {
        return Optional.ofNullable(values.get(name)).or(() -> outer.flatMap(scope -> scope.value(name)));
    }

    void unbind(String name) {
        values.remove(name);
    }

    /** Gives a dimension name its size. */
    public void dimension(String name, Dim dim) {
        dimension(name, new Dimension(dim, Optional.empty()));
    }

    void dimension(String name, Dimension dimension) {
        dimensions.put(name, dimension);
    }

    Optional<Dimension> dimension(String name) {
        return Optional.ofNullable(dimensions.get(name)).or(() -> outer.flatMap(scope -> scope.dimension(name)));
    }

    void leading(List<Dimension> dims) {
        leading = Optional.of(List.copyOf(dims));
    }

    /** What `..` stands for here. */
    Optional<List<Dimension>> leading() {
        return leading;
    }

    int frame() {
        return frame;
    }

    Tag tag(String name) {
        return new Tag(frame, name);
    }

    Place place() {
        return place;
    }

    void place(Place current) {
        place = current;
    }

    /** `.3.1` inside two loops. */
    String index() {
        return index;
    }

    void index(String current) {
        index = current;
    }

    /** An argument as it was bound, for `describe`. */
    public Optional<Value.Given> given(String name) {
        return Optional.ofNullable(given.get(name)).or(() -> outer.flatMap(scope -> scope.given(name)));
    }

    public void given(String name, Value.Given argument) {
        given.put(name, argument);
    }

    /** The path of running state that is declared here. */
    Optional<String> running(String name) {
        return Optional.ofNullable(running.get(name)).or(() -> outer.flatMap(scope -> scope.running(name)));
    }

    void running(String name, String path) {
        running.put(name, path);
    }

    /** Whether parameters declared here may exist already, from another use of the same layer. */
    boolean isShared() {
        return shared;
    }

    /** Whether this is inside a layer that is frozen, which behaves as in inference. */
    boolean isFrozen() {
        return frozen;
    }

    void freeze() {
        frozen = true;
    }

    /** Takes over what a definition sees of the scope that uses it; a layer has a place of its own. */
    void calledFrom(Scope caller, Kind kind, boolean again) {
        index = kind == Kind.LAYER ? "" : caller.index;
        shared = again || caller.shared;
        frozen = caller.frozen;
        wholeModel = caller.wholeModel && kind != Kind.LAYER;
        if (kind == Kind.INIT) {
            prefer(Kind.INIT);
            caller.value(FAN_IN).ifPresent(fan -> bind(FAN_IN, fan));
            caller.value(FAN_OUT).ifPresent(fan -> bind(FAN_OUT, fan));
        }
    }

    /** The kinds that a name before `(` may have, the likelier first. */
    List<Kind> callable() {
        return callable;
    }

    /** Prefers one kind where several share a name: metrics in a `metric` clause, initialisers for a parameter. */
    public void prefer(Kind kind) {
        var kinds = new ArrayList<>(List.of(kind));
        callable.stream().filter(k -> k != kind).forEach(kinds::add);
        callable = List.copyOf(kinds);
    }

    /** Whether this is the scope of a parameter's initial values, where `fan_in` is known. */
    boolean isInitial() {
        return callable.getFirst() == Kind.INIT;
    }

    /** Whether the model is complete, so that `weights` and `body.dense.w` mean its parameters. */
    boolean seesWholeModel() {
        return wholeModel;
    }

    void seeWholeModel() {
        wholeModel = true;
    }

    /** A scope that sees what this one sees now and whose bindings stay its own. */
    public Scope copy() {
        var copy = new Scope(frame, place);
        copy.takeNames(this);
        copy.takeState(this);
        return copy;
    }

    /** A scope for what is evaluated at once: it sees this one, and its bindings stay its own. */
    Scope inner() {
        var inner = new Scope(frame, place, Optional.of(this));
        inner.takeState(this);
        return inner;
    }

    private void takeNames(Scope from) {
        from.outer.ifPresent(this::takeNames);
        values.putAll(from.values);
        dimensions.putAll(from.dimensions);
        given.putAll(from.given);
        running.putAll(from.running);
    }

    private void takeState(Scope from) {
        leading = from.leading;
        index = from.index;
        callable = from.callable;
        wholeModel = from.wholeModel;
        shared = from.shared;
        frozen = from.frozen;
    }

    /** Every name that could have been meant. */
    public List<String> names() {
        var names = new ArrayList<>(values.keySet());
        names.addAll(dimensions.keySet());
        outer.ifPresent(scope -> names.addAll(scope.names()));
        return names;
    }
}
