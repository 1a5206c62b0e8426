package org.descentlang.compiler.pass;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Program;

/** Simplifies the bodies of loops. Scans of one loop go on having one body. */
final class Bodies implements Rule {
    private final Map<Program, Program> known = new HashMap<>();

    static Program simplify(Program program) {
        boolean loops = program.instructions().stream().anyMatch(instruction -> instruction.op() instanceof Op.Region);
        return loops ? Rewriter.rewrite(program, List.of(new Bodies())) : program;
    }

    @Override
    public OptionalInt apply(Op op, List<Integer> operands, Rewriter program) {
        return op instanceof Op.Scan scan
                ? OptionalInt.of(program.append(
                        new Op.Scan(scan.loop().with(simple(scan.body())), scan.sink(), scan.result()), operands))
                : OptionalInt.empty();
    }

    private Program simple(Program body) {
        Program simple = known.get(body);
        if (simple == null) {
            simple = Pipeline.optimize(body);
            known.put(body, simple);
        }
        return simple;
    }
}
