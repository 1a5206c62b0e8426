package org.descentlang.compiler.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.descentlang.compiler.ast.DataClause;
import org.descentlang.compiler.ast.Declaration;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.lower.Elaboration;
import org.descentlang.compiler.lower.ExpressionLowering;
import org.descentlang.compiler.lower.Mode;
import org.descentlang.compiler.lower.Registry;
import org.descentlang.compiler.lower.Session;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.source.Span;
import org.descentlang.description.DataSource;

/** `data` as written to what it says. */
public final class DataLowering {
    private final Constants constants;
    private final FieldLowering fields;
    private final RandomFieldLowering randomFields;
    private final SourceLowering sources;

    private DataLowering(FieldLowering fields, Constants constants) {
        this.constants = constants;
        this.fields = fields;
        randomFields = new RandomFieldLowering(constants);
        sources = new SourceLowering(constants);
    }

    /**
     * Empty if what the data is cannot be told; mistakes in single fields leave those out.
     *
     * @param trainings every `train`; those of this data may tell how large its images are
     */
    public static Optional<DataSpec> lower(Declaration.Data data, List<Declaration.Train> trainings, Session session) {
        Supplier<Elaboration> elaborations =
                () -> new Elaboration(session, Mode.INFERENCE, new ProgramBuilder("convert"), new Registry());
        var constants = new Constants(new ExpressionLowering(elaborations.get()));
        var fields = new FieldLowering(constants, elaborations, () -> ModelInputs.of(data, trainings, session));
        return new DataLowering(fields, constants).lower(data);
    }

    private Optional<DataSpec> lower(Declaration.Data data) {
        Optional<DataSource> source = source(data);
        DataSpec.Split split = single(data, DataClause.Split.class, "split")
                .map(clause -> new SplitLowering(constants)
                        .lower(clause, all(data, DataClause.SplitFrom.class))
                        .orElse(SplitLowering.BROKEN))
                .orElse(SplitLowering.ALL_TRAIN);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DataSpec(
                data.name().text(),
                data.doc(),
                source.get(),
                fields(data, source.get()),
                split,
                data.name().span()));
    }

    private Optional<DataSource> source(Declaration.Data data) {
        var from = single(data, DataClause.From.class, "from");
        var examples = single(data, DataClause.Examples.class, "examples");
        var own = all(data, DataClause.SplitFrom.class);
        if (from.isEmpty() && !own.isEmpty()) {
            constants.report(Problem.at(
                    own.getFirst().span(),
                    Code.MISSING_CLAUSE,
                    "the training examples come from a file too: `from \"file.csv\"`"));
            return Optional.empty();
        }
        if (from.isPresent() && examples.isPresent()) {
            constants.report(Problem.at(
                            examples.get().span(),
                            Code.CONFLICTING_CLAUSES,
                            "`examples` is for data generated in memory")
                    .also(from.get().span(), "the examples come from a file"));
        }
        if (from.isPresent()) {
            return sources.files(from.get(), own);
        }
        if (examples.isPresent()) {
            return sources.generated(examples.get());
        }
        constants.report(Problem.at(
                data.name().span(),
                Code.MISSING_CLAUSE,
                "`data %s` needs `from \"file.csv\"`, or `examples` and random fields".formatted(data.name())));
        return Optional.empty();
    }

    private List<DataSpec.Field> fields(Declaration.Data data, DataSource source) {
        var lowered = new ArrayList<DataSpec.Field>();
        Map<String, Span> seen = new HashMap<>();
        for (DataClause clause : data.clauses()) {
            switch (clause) {
                case DataClause.Field field -> {
                    declareOnce(field.name().text(), field.name().span(), seen);
                    if (source instanceof DataSource.File file) {
                        fields.lower(field, file).ifPresent(lowered::add);
                    } else {
                        constants.report(Problem.at(
                                field.span(), Code.CONFLICTING_CLAUSES, "a field of columns needs a file: `from`"));
                    }
                }
                case DataClause.RandomField field -> {
                    declareOnce(field.name().text(), field.name().span(), seen);
                    if (source instanceof DataSource.File) {
                        constants.report(Problem.at(
                                field.span(),
                                Code.CONFLICTING_CLAUSES,
                                "random fields go with `examples`, not with `from`"));
                    } else {
                        randomFields.lower(field).ifPresent(lowered::add);
                    }
                }
                case DataClause.From _, DataClause.SplitFrom _, DataClause.Examples _, DataClause.Split _ -> {}
            }
        }
        return lowered;
    }

    private void declareOnce(String name, Span span, Map<String, Span> seen) {
        Span first = seen.putIfAbsent(name, span);
        if (first != null) {
            constants.report(Problem.at(span, Code.DUPLICATE_CLAUSE, "the field `" + name + "` is declared twice")
                    .also(first, "the first one"));
        }
    }

    private <T extends DataClause> Optional<T> single(Declaration.Data data, Class<T> kind, String keyword) {
        List<T> all = all(data, kind);
        for (T another : all.subList(Math.min(1, all.size()), all.size())) {
            constants.report(
                    Problem.at(another.span(), Code.DUPLICATE_CLAUSE, "`" + keyword + "` may appear only once here")
                            .also(all.getFirst().span(), "the first one"));
        }
        return all.stream().findFirst();
    }

    private static <T extends DataClause> List<T> all(Declaration.Data data, Class<T> kind) {
        return data.clauses().stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
