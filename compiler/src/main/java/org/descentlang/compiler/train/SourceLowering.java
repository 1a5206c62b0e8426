package org.descentlang.compiler.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.descentlang.compiler.ast.DataClause;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.description.DataSource;
import org.descentlang.description.DataSource.Paths;

/** Where examples come from: `from`, files of single splits, or `examples`. */
final class SourceLowering {
    private static final List<String> WITH_FILES = List.of("validation", "test");

    private final Constants constants;

    SourceLowering(Constants constants) {
        this.constants = constants;
    }

    /** @param own the clauses of splits that have a file of their own */
    Optional<DataSource> files(DataClause.From from, List<DataClause.SplitFrom> own) {
        Optional<Paths> examples = paths(from.files());
        Map<String, Paths> bySplit = new HashMap<>();
        boolean valid = examples.isPresent();
        for (DataClause.SplitFrom clause : own) {
            valid &= add(clause, from, bySplit);
        }
        return valid
                ? Optional.of(new DataSource.File(
                        examples.orElseThrow(),
                        Optional.ofNullable(bySplit.get("validation")),
                        Optional.ofNullable(bySplit.get("test"))))
                : Optional.empty();
    }

    Optional<DataSource> generated(DataClause.Examples examples) {
        var count = constants.whole(examples.count(), "`examples`", 1, Integer.MAX_VALUE);
        return count.isPresent()
                ? Optional.of(new DataSource.RandomExamples(Math.toIntExact(count.getAsLong())))
                : Optional.empty();
    }

    private boolean add(DataClause.SplitFrom clause, DataClause.From from, Map<String, Paths> bySplit) {
        Name split = clause.split();
        if (!WITH_FILES.contains(split.text())) {
            constants.report(Problem.at(
                    split.span(),
                    Code.UNKNOWN_NAME,
                    split.text().equals("train")
                            ? "the training examples are in the file after `from`: write `from` alone"
                            : "only `validation` and `test` can have a file of their own, not `" + split + "`"
                                    + Suggestion.didYouMean(split.text(), WITH_FILES)));
            return false;
        }
        Optional<Paths> paths = paths(clause.files());
        if (paths.isEmpty() || !isLike(clause, from)) {
            return false;
        }
        if (bySplit.put(split.text(), paths.get()) != null) {
            constants.report(
                    Problem.at(split.span(), Code.DUPLICATE_CLAUSE, "`" + split + "` already has a file of its own"));
            return false;
        }
        return true;
    }

    /** Every field is read from each of the files. */
    private boolean isLike(DataClause.SplitFrom clause, DataClause.From from) {
        boolean images = isIdx(from.files().path());
        if (images == isIdx(clause.files().path())) {
            return true;
        }
        constants.report(Problem.at(
                        clause.files().path().span(),
                        Code.CONFLICTING_CLAUSES,
                        images ? "this file has columns, not images" : "this file has images, not columns")
                .also(from.files().path().span(), images ? "images" : "columns"));
        return false;
    }

    private static boolean isIdx(Expression path) {
        return path instanceof Expression.Text text && FileFormats.isIdx(text.value());
    }

    private Optional<Paths> paths(DataClause.Files files) {
        Optional<String> path = path(files.path());
        Optional<String> labels = files.labels().flatMap(this::path);
        boolean valid = path.isPresent() && labels.isPresent() == files.labels().isPresent();
        return valid && mayHaveLabels(files) ? Optional.of(new Paths(path.get(), labels)) : Optional.empty();
    }

    private boolean mayHaveLabels(DataClause.Files files) {
        Optional<Expression> labels = files.labels();
        if (labels.isEmpty() || isIdx(files.path()) && isIdx(labels.get())) {
            return true;
        }
        boolean table = !isIdx(files.path());
        constants.report(Problem.at(
                labels.get().span(),
                Code.CONFLICTING_CLAUSES,
                table
                        ? "only IDX files of images have their labels in another file; those of a table are columns: "
                                + "`label(column(64), classes = 10)`"
                        : "the labels of IDX images are an IDX file too, whose name ends in `-ubyte`, `.idx`, or one of"
                                + " these and `.gz`"));
        return false;
    }

    private Optional<String> path(Expression written) {
        return constants.text(written, "the file after `from`").filter(path -> isReadable(path, written));
    }

    private boolean isReadable(String path, Expression written) {
        Optional<String> ending = FileFormats.unreadable(path);
        ending.ifPresent(format -> constants.report(Problem.at(
                written.span(),
                Code.NOT_SUPPORTED,
                "`" + format + "` files cannot be read yet, only comma-separated values and IDX")));
        return ending.isEmpty();
    }
}
