package org.descentlang.compiler.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.descentlang.compiler.ast.DataClause;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.description.NumberText;

/** `split train 70%, validation 15%, test 15% seed 7`. */
final class SplitLowering {
    /** In place of one that is wrong: nothing more is said about its parts. */
    static final DataSpec.Split BROKEN = new DataSpec.Split(0.4, 0.3, 0.3, OptionalLong.empty(), false);

    static final DataSpec.Split ALL_TRAIN = new DataSpec.Split(1, 0, 0, OptionalLong.empty(), true);

    private static final double ROUNDING = 1e-9;

    private final Constants constants;

    SplitLowering(Constants constants) {
        this.constants = constants;
    }

    /** @param own splits with a file of their own, which have no share of the others' */
    Optional<DataSpec.Split> lower(DataClause.Split split, List<DataClause.SplitFrom> own) {
        Map<String, Double> shares = new LinkedHashMap<>();
        boolean valid = true;
        for (DataClause.Part part : split.parts()) {
            valid &= share(part, shares);
        }
        OptionalLong seed = split.seed().isPresent()
                ? constants.whole(split.seed().get(), "`seed`", 0, Long.MAX_VALUE)
                : OptionalLong.empty();
        if (!valid) {
            return Optional.empty();
        }
        own.forEach(clause -> checkOwn(clause, split, shares));
        double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        if (Math.abs(sum - 1) > ROUNDING) {
            constants.report(Problem.at(
                    split.span(), Code.CLAUSE_VALUE, "the shares of a split must add up to 100%, not " + percent(sum)));
            return Optional.empty();
        }
        if (shares.getOrDefault("train", 0.0) == 0) {
            constants.report(
                    Problem.at(split.span(), Code.EMPTY_SPLIT, "there is nothing to train on: `split` has no `train`"));
            return Optional.empty();
        }
        return Optional.of(new DataSpec.Split(
                shares.getOrDefault("train", 0.0),
                shares.getOrDefault("validation", 0.0),
                shares.getOrDefault("test", 0.0),
                seed,
                false));
    }

    private void checkOwn(DataClause.SplitFrom own, DataClause.Split split, Map<String, Double> shares) {
        if (shares.getOrDefault(own.split().text(), 0.0) > 0) {
            constants.report(Problem.at(
                            own.split().span(),
                            Code.CONFLICTING_CLAUSES,
                            "`%s` has a file of its own and a share of the other examples".formatted(own.split()))
                    .also(split.span(), "its share"));
        }
    }

    private boolean share(DataClause.Part part, Map<String, Double> shares) {
        String name = part.name().text();
        if (!MetricReferences.SPLITS.contains(name)) {
            constants.report(Problem.at(
                    part.name().span(),
                    Code.UNKNOWN_NAME,
                    "a split has the parts `train`, `validation` and `test`, not `" + name + "`"
                            + Suggestion.didYouMean(name, MetricReferences.SPLITS)));
            return false;
        }
        OptionalDouble share = constants.number(part.share(), "a share");
        if (share.isEmpty()) {
            return false;
        }
        if (!(share.getAsDouble() >= 0 && share.getAsDouble() <= 1)) {
            constants.report(Problem.at(
                    part.share().span(), Code.CLAUSE_VALUE, "a share must be between 0% and 100%: `70%` is 0.7"));
            return false;
        }
        if (shares.put(name, share.getAsDouble()) != null) {
            constants.report(
                    Problem.at(part.name().span(), Code.DUPLICATE_CLAUSE, "`" + name + "` already has a share"));
            return false;
        }
        return true;
    }

    private static String percent(double share) {
        return NumberText.of(Math.rint(share * 1e6) / 1e4) + "%";
    }
}
