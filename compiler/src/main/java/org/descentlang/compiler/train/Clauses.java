package org.descentlang.compiler.train;

import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.ast.Declaration;
import org.descentlang.compiler.ast.TrainClause;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.source.Span;

/** The clauses of a `train` by kind. */
final class Clauses {
    private final Declaration.Train train;
    private final Problems problems;

    Clauses(Declaration.Train train, Problems problems) {
        this.train = train;
        this.problems = problems;
    }

    /** Where the training's name stands. */
    Span name() {
        return train.name().span();
    }

    <T extends TrainClause> List<T> all(Class<T> kind) {
        return train.clauses().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The clause of a kind that may stand once; more of them are problems. */
    <T extends TrainClause> Optional<T> optional(Class<T> kind) {
        List<T> all = all(kind);
        for (T another : all.subList(Math.min(1, all.size()), all.size())) {
            problems.report(Problem.at(
                            another.keyword(),
                            Code.DUPLICATE_CLAUSE,
                            "`" + another.keyword().text() + "` may appear only once here")
                    .also(all.getFirst().keyword(), "the first one"));
        }
        return all.stream().findFirst();
    }

    /** The clause of a kind that must stand once. */
    <T extends TrainClause> Optional<T> required(Class<T> kind, String keyword, String example) {
        Optional<T> clause = optional(kind);
        if (clause.isEmpty()) {
            missing("`%s`".formatted(keyword), example);
        }
        return clause;
    }

    void missing(String what, String example) {
        problems.report(Problem.at(
                train.name().span(),
                Code.MISSING_CLAUSE,
                "`train %s` needs %s, as in `%s`".formatted(train.name(), what, example)));
    }
}
