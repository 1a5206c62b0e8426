package org.descentlang.compiler.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.type.Shape;

/** Which groups read a value's memory, and how. */
final class Uses {
    /** @param index the element that is read, if generated loops do it */
    record Use(int group, Optional<Index> index) {}

    private final Program program;
    private final Roots roots;
    private final Map<Integer, List<Use>> uses = new HashMap<>();

    private Uses(Program program, Roots roots) {
        this.program = program;
        this.roots = roots;
    }

    static Uses of(Program program, Roots roots, List<Group> groups) {
        var uses = new Uses(program, roots);
        for (int i = 0; i < groups.size(); i++) {
            for (int value : groups.get(i).roots()) {
                uses.visit(i, groups.get(i), value);
            }
        }
        return uses;
    }

    List<Use> of(int value) {
        return uses.getOrDefault(value, List.of());
    }

    private void visit(int at, Group group, int value) {
        List<Integer> operands = program.instruction(value).operands();
        switch (group.kind()) {
            case SCALARS ->
                operands.stream()
                        .filter(operand -> !roots.isHost(operand))
                        .forEach(operand -> add(roots.fetched(operand), new Use(at, Optional.empty())));
            case LIBRARY, LOOP ->
                operands.forEach(operand -> add(roots.memory(operand), new Use(at, Optional.empty())));
            case ASSEMBLY ->
                operands.forEach(operand -> {
                    Shape shape = program.type(operand).shape();
                    var reach = new Reach(program, roots, Space.whole(shape).dims());
                    reach.to(operand, Index.identity(shape));
                    add(at, reach);
                });
            case ROWS, FOLD, COLUMNS -> {
                Space space = Space.of(program, value);
                var reach = new Reach(program, roots, space.dims());
                reach.intoRoot(value, space.index());
                add(at, reach);
            }
        }
    }

    private void add(int at, Reach reach) {
        reach.memory().forEach(access -> add(access.value(), new Use(at, Optional.of(access.index()))));
    }

    private void add(int value, Use use) {
        uses.computeIfAbsent(value, _ -> new ArrayList<>()).add(use);
    }
}
