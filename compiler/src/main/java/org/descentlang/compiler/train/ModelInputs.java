package org.descentlang.compiler.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.descentlang.compiler.ast.Declaration;
import org.descentlang.compiler.ast.Declaration.Kind;
import org.descentlang.compiler.ast.TrainClause;
import org.descentlang.compiler.diagnostic.Severity;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.lower.Elaboration;
import org.descentlang.compiler.lower.ExpressionLowering;
import org.descentlang.compiler.lower.Mode;
import org.descentlang.compiler.lower.ModelLowering;
import org.descentlang.compiler.lower.Registry;
import org.descentlang.compiler.lower.Session;
import org.descentlang.compiler.type.TensorType;

/** The inputs of all models that are trained on a data: where `image()` has its size from. */
final class ModelInputs {
    private final Map<String, TensorType> types = new HashMap<>();
    private boolean complete = true;

    private ModelInputs() {}

    /** Asks the models; what is wrong with them is reported of their `train`. */
    static ModelInputs of(Declaration.Data data, List<Declaration.Train> trainings, Session session) {
        var inputs = new ModelInputs();
        for (Declaration.Train train : trainings) {
            Optional<TrainClause.DataSource> source = clause(train, TrainClause.DataSource.class);
            if (source.isEmpty()
                    || source.get().data().text().equals(data.name().text())) {
                inputs.complete &= source.isPresent() && inputs.addModelOf(train, session);
            }
        }
        return inputs;
    }

    private static <T extends TrainClause> Optional<T> clause(Declaration.Train train, Class<T> kind) {
        return train.clauses().stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /** @return whether nothing is wrong with the model */
    private boolean addModelOf(Declaration.Train train, Session session) {
        Session silent = session.silent();
        return clause(train, TrainClause.Model.class)
                .flatMap(use -> session.declarations()
                        .definition(Kind.MODEL, use.model().callee().text())
                        .flatMap(model -> lowering(silent).lower(model, Optional.of(use.model()))))
                .map(model -> {
                    model.inputs().forEach(input -> types.putIfAbsent(input.name(), input.type()));
                    return silent.problems().sorted().stream()
                            .noneMatch(problem -> problem.severity() == Severity.ERROR);
                })
                .orElse(false);
    }

    private static ModelLowering lowering(Session session) {
        return new ModelLowering(new ExpressionLowering(
                new Elaboration(session, Mode.INFERENCE, new ProgramBuilder("inputs"), new Registry())));
    }

    /** Of the input of that name, of the first model that has one. */
    Optional<TensorType> type(String name) {
        return Optional.ofNullable(types.get(name));
    }

    /** Whether a mistake elsewhere, which is reported there, may hide an input. */
    boolean mayLackSome() {
        return !complete;
    }
}
