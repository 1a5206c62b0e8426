package org.descentlang.compiler.emit.program;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.kernel.Places;
import org.descentlang.compiler.emit.text.Comments;
import org.descentlang.compiler.emit.text.Names;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.model.UpdateGroup;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Slab;
import org.descentlang.compiler.plan.Step;
import org.descentlang.compiler.type.TensorType;

/**
 * Names of the places of some plans that share their memory: of what outlives a program by what the source calls it, of
 * intermediate values by the step that computes them. With them goes a map of memory.
 */
public final class PlaceTable {
    private static final int LONGEST_ORIGIN = 60;

    /** Arrays in the order of the map: what outlives a program first. */
    private static final List<Slab> MAP = Stream.concat(
                    EnumSet.complementOf(EnumSet.of(Slab.WORK, Slab.INTEGERS)).stream(),
                    Stream.of(Slab.WORK, Slab.INTEGERS))
            .toList();

    /** What lies in memory under a name; parameters, gradients and the point ahead lie alike. */
    private record Key(Slab slab, String name) {}

    private record Line(String constant, Slab slab, Offset offset, TensorType type, String origin) {}

    private final Names names = new Names();
    private final Map<Key, Line> lines = new LinkedHashMap<>();
    private final Map<String, Map<Integer, Key>> keys = new HashMap<>();

    public PlaceTable(List<Plan> plans) {
        plans.forEach(this::addKept);
        plans.forEach(this::addIntermediates);
    }

    private void addKept(Plan plan) {
        keys.put(plan.name(), new HashMap<>());
        for (int value = 0; value < plan.program().size(); value++) {
            if (plan.program().instruction(value).op() instanceof Op.Read read
                    && plan.placeOf(value).isPresent()) {
                add(plan, value, plan.place(value), read.name(), "");
            }
        }
        for (Output output : plan.program().outputs()) {
            plan.placeOf(output.value())
                    .filter(place -> !isIntermediate(place.slab()))
                    .ifPresent(place -> add(plan, output.value(), place, output.name(), ""));
        }
        for (Kernel.Commit commit : plan.commits()) {
            plan.program().outputs().stream()
                    .filter(output -> output.value() == commit.value())
                    .filter(output -> isFree(key(commit.target(), output.name()), commit.target()))
                    .findFirst()
                    .ifPresent(output -> put(plan, commit.value(), commit.target(), output.name(), ""));
        }
    }

    private boolean isFree(Key key, Place place) {
        Line line = lines.get(key);
        return line == null || line.offset.equals(place.offset());
    }

    private void addIntermediates(Plan plan) {
        for (Step step : plan.steps()) {
            var inMemory = step.results().stream()
                    .filter(value -> plan.placeOf(value).isPresent()
                            && isIntermediate(plan.place(value).slab())
                            && !keys.getOrDefault(plan.name(), Map.of()).containsKey(value))
                    .toList();
            for (int value : inMemory) {
                String name = switch (step) {
                    case Step.Scalars _ -> plan.name() + "S" + value;
                    case Step.Loop loop ->
                        plan.program().instruction(value).op() instanceof Op.Scan scan
                                ? loop.name() + "_" + scan.result()
                                : loop.name();
                    case Kernel kernel ->
                        kernel.name() + (inMemory.size() == 1 ? "" : "_" + (char) ('A' + inMemory.indexOf(value)));
                };
                add(plan, value, plan.place(value), name, Comments.place(plan.program(), value));
            }
            if (step instanceof Step.Loop loop) {
                nameAsAround(plan, loop);
                addCarried(loop);
                addIntermediates(loop.body());
            }
        }
    }

    /** What a turn is given and leaves is called as in the program around, where it is that of all turns. */
    private void nameAsAround(Plan plan, Step.Loop loop) {
        var around = keys.getOrDefault(plan.name(), Map.of());
        var known = keys.computeIfAbsent(loop.body().name(), _ -> new HashMap<>());
        var candidates = loop.results().stream()
                .flatMap(result ->
                        Stream.concat(Stream.of(result), plan.program().instruction(result).operands().stream()))
                .filter(value -> around.containsKey(value))
                .distinct()
                .toList();
        loop.body()
                .places()
                .forEach((value, place) -> candidates.stream()
                        .filter(candidate -> plan.place(candidate).slab() == place.slab()
                                && plan.place(candidate).offset().equals(place.offset()))
                        .flatMap(candidate -> Optional.ofNullable(around.get(candidate)).stream())
                        .findFirst()
                        .ifPresent(key -> known.put(value, key)));
    }

    /** What the turn before left, where that is no place of the program around. */
    private void addCarried(Step.Loop loop) {
        Plan turn = loop.body();
        var known = keys.getOrDefault(turn.name(), Map.of());
        turn.places().forEach((value, place) -> {
            if (turn.program().instruction(value).op() instanceof Op.Read read
                    && isIntermediate(place.slab())
                    && !known.containsKey(value)) {
                add(turn, value, place, loop.name() + "_" + read.name(), Comments.place(turn.program(), value));
            }
        });
    }

    private static boolean isIntermediate(Slab slab) {
        return slab == Slab.WORK || slab == Slab.INTEGERS;
    }

    private void add(Plan plan, int value, Place place, String name, String origin) {
        keys.getOrDefault(plan.name(), new HashMap<>()).putIfAbsent(value, key(place, name));
        put(plan, value, place, name, origin);
    }

    private void put(Plan plan, int value, Place place, String name, String origin) {
        lines.computeIfAbsent(
                key(place, name),
                key -> new Line(
                        names.unique(Names.constant(name.equals(UpdateGroup.ALL) ? "all" : name)),
                        key.slab,
                        place.offset(),
                        plan.program().type(value),
                        origin));
    }

    private static Key key(Place place, String name) {
        Slab slab = switch (place.slab()) {
            case AHEAD, GRADIENTS -> Slab.PARAMETERS;
            case WORK,
                    INTEGERS,
                    FLOAT_INPUTS,
                    INT_INPUTS,
                    PARAMETERS,
                    STATES,
                    RUNNING,
                    OUTPUTS,
                    STATISTICS,
                    COLUMNS,
                    FIELD -> place.slab();
        };
        return new Key(slab, name);
    }

    /** The names of a plan's places. */
    public Places of(Plan plan) {
        var ofValues = keys.getOrDefault(plan.name(), Map.of());
        return new Places() {
            @Override
            public Optional<String> of(int value) {
                return constant(Optional.ofNullable(ofValues.get(value)));
            }

            @Override
            public Optional<String> target(Kernel.Commit commit) {
                return constant(plan.program().outputs().stream()
                        .filter(output -> output.value() == commit.value())
                        .map(output -> key(commit.target(), output.name()))
                        .filter(key -> Optional.ofNullable(lines.get(key))
                                .filter(line ->
                                        line.offset.equals(commit.target().offset()))
                                .isPresent())
                        .findFirst()
                        .or(() -> ofValues.values().stream()
                                .filter(key -> isAt(key, commit.target()))
                                .findFirst()));
            }

            @Override
            public Places of(Plan turn) {
                return PlaceTable.this.of(turn);
            }
        };
    }

    private boolean isAt(Key key, Place place) {
        return Optional.ofNullable(lines.get(key))
                .filter(line -> line.slab == place.slab() && line.offset.equals(place.offset()))
                .isPresent();
    }

    private Optional<String> constant(Optional<Key> key) {
        return key.flatMap(found -> Optional.ofNullable(lines.get(found)))
                .filter(line -> line.offset.isFixed())
                .map(Line::constant);
    }

    /**
     * An interface of the constants, with the map.
     *
     * @param user the class whose memory it is
     */
    public TypeSpec type(ClassName name, ClassName user) {
        var type = TypeSpec.interfaceBuilder(name)
                .addJavadoc("Where values lie in the memory of {@link $T}.\n", user)
                .addJavadoc("Intermediate values are named after the steps that compute them.\n")
                .addJavadoc("A value may reuse the place of one that is no longer needed.\n")
                .addJavadoc("<pre>\n$L</pre>\n", map());
        lines.values().stream()
                .filter(line -> line.offset.isFixed())
                .forEach(line -> type.addField(
                        FieldSpec.builder(TypeName.INT, line.constant, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                                .initializer("$L", line.offset.fixedPart())
                                .build()));
        return type.build();
    }

    private String map() {
        int width = lines.values().stream()
                .mapToInt(line -> line.constant.length())
                .max()
                .orElse(0);
        var text = new StringBuilder();
        for (Slab slab : MAP) {
            var places = lines.values().stream()
                    .filter(line -> line.slab == slab)
                    .sorted(Comparator.comparingLong(line -> isIntermediate(slab) ? 0 : line.offset.fixedPart()))
                    .toList();
            if (!places.isEmpty()) {
                text.append(slab == Slab.PARAMETERS ? "parameters, gradients" : slab.text());
                places.forEach(line -> text.append('\n').append(row(line, width)));
                text.append('\n');
            }
        }
        return text.toString();
    }

    private static String row(Line line, int width) {
        String place = line.origin.substring(line.origin.lastIndexOf('/', line.origin.indexOf(": ")) + 1);
        String origin = place.length() > LONGEST_ORIGIN ? place.substring(0, LONGEST_ORIGIN) + "…" : place;
        String row = "%10s  %s  %-18s %s"
                .formatted(line.offset, line.constant + " ".repeat(width - line.constant.length()), line.type, origin);
        return Comments.escaped(row.stripTrailing());
    }
}
