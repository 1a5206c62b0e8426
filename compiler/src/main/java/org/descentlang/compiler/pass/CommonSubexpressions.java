package org.descentlang.compiler.pass;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.descentlang.compiler.ir.Op;

/**
 * Computes the same thing once (hash-consing); the order of a sum's or a product's two operands does not matter. A
 * random tensor is the same as another one only if it has the same place. For one walk, and after all other rules.
 *
 * <pre>
 * %1 = exp %0                    %1 = exp %0
 * %2 = exp %0              ──▶
 * %3 = add %1, %2                %2 = add %1, %1
 * </pre>
 */
final class CommonSubexpressions implements Rule {
    private record Key(Op op, List<Integer> operands) {}

    private final Map<Key, Integer> known = new HashMap<>();

    @Override
    public OptionalInt apply(Op op, List<Integer> operands, Rewriter program) {
        var key = new Key(op, ordered(op, operands));
        Integer value = known.get(key);
        if (value == null) {
            value = program.append(op, operands);
            known.put(key, value);
        }
        return OptionalInt.of(value);
    }

    private static List<Integer> ordered(Op op, List<Integer> operands) {
        return op instanceof Op.Binary(var kind) && kind.commutes() && operands.get(0) > operands.get(1)
                ? operands.reversed()
                : operands;
    }
}
