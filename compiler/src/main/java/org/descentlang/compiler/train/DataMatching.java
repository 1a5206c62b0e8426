package org.descentlang.compiler.train;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.model.Port;

/** Whether a data has a field for every input of a model: by name, of the same type. */
final class DataMatching {
    private final Problems problems;
    private final Set<String> broken;

    /** @param broken fields that are declared and wrong: nothing more is said about them */
    DataMatching(Problems problems, Set<String> broken) {
        this.problems = problems;
        this.broken = broken;
    }

    /** @param use where `train` names the data */
    void check(List<Port> inputs, DataSpec data, Name use) {
        for (Port input : inputs) {
            Optional<DataSpec.Field> field = data.fields().stream()
                    .filter(candidate -> candidate.name().equals(input.name()))
                    .findFirst();
            if (broken.contains(input.name())) {
                continue;
            }
            if (field.isEmpty()) {
                missing(input, data, use);
            } else if (!field.get().type().equals(input.type())) {
                problems.report(Problem.at(
                                use.span(),
                                Code.MODEL_INPUT,
                                "`%s` is %s in the data, but the model's input is %s"
                                        .formatted(input.name(), field.get().type(), input.type()))
                        .also(field.get().span(), field.get().type().toString())
                        .also(input.span(), input.type().toString()));
            }
        }
    }

    private void missing(Port input, DataSpec data, Name use) {
        List<String> fields = data.fields().stream().map(DataSpec.Field::name).toList();
        problems.report(Problem.at(
                        use.span(),
                        Code.MODEL_INPUT,
                        "`%s` has no field `%s` for the model's input%s"
                                .formatted(data.name(), input.name(), Suggestion.didYouMean(input.name(), fields)))
                .also(input.span(), "the input"));
    }
}
