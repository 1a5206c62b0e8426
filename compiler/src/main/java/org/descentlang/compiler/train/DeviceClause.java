package org.descentlang.compiler.train;

import java.util.Optional;
import org.descentlang.compiler.ast.TrainClause;
import org.descentlang.compiler.ast.TrainClause.DeviceSetting;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.model.DeviceSpec;
import org.descentlang.compiler.model.Precision;
import org.descentlang.description.Duration;

/** The `device` of a `train` with its settings. */
final class DeviceClause {
    /** So many batches have to lie on the device at once. */
    private static final int MOST_UNREAD = 1000;

    private final TrainClause.Device clause;
    private final Durations durations;
    private final Constants constants;

    DeviceClause(TrainClause.Device clause, Durations durations, Constants constants) {
        this.clause = clause;
        this.durations = durations;
        this.constants = constants;
    }

    DeviceSpec spec() {
        return new DeviceSpec(name(), products(), lossEvery(), clause.span());
    }

    private String name() {
        String name = clause.device();
        if (DeviceSpec.isName(name)) {
            return name;
        }
        constants.report(Problem.at(clause.span(), Code.DEVICE_NAME, "`" + name + "` is not a device")
                .label("`auto`, `cpu`, `gpu`, `fpga`, or a name in quotes such as \"0:1\""));
        return "auto";
    }

    private Precision products() {
        return setting(DeviceSetting.Products.class).flatMap(this::precision).orElse(Precision.F32);
    }

    private Optional<Precision> precision(DeviceSetting.Products setting) {
        String word = setting.precision().text();
        Optional<Precision> precision = Precision.of(word);
        if (precision.isEmpty()) {
            constants.report(
                    Problem.at(setting.precision().span(), Code.DEVICE_SETTING, "products cannot be in `" + word + "`")
                            .label("`f32` or `tf32`"));
        }
        if (isWithout() && precision.equals(Optional.of(Precision.TF32))) {
            constants.report(Problem.at(
                            setting.span(),
                            Code.DEVICE_SETTING,
                            "`device " + clause.device() + "` does not support `products in tf32`")
                    .label("only NVIDIA GPUs do, through cuBLAS")
                    .help("leave it out: products are then in f32"));
        }
        return precision;
    }

    /** Whether it has none of what is set. */
    private boolean isWithout() {
        return clause.device().equals("cpu") || clause.device().equals("fpga");
    }

    private int lossEvery() {
        return setting(DeviceSetting.ReadLoss.class).map(this::steps).orElse(1);
    }

    private int steps(DeviceSetting.ReadLoss setting) {
        Optional<Duration> every = durations.duration(setting.every());
        if (every.isEmpty()) {
            return 1;
        }
        double steps = every.get().amount();
        if (every.get().unit() != Duration.Unit.STEPS || steps != Math.rint(steps) || steps > MOST_UNREAD) {
            constants.report(Problem.at(
                            setting.every().span(),
                            Code.CLAUSE_VALUE,
                            "`read loss every` needs a whole number of steps, not " + every.get())
                    .label("1 to " + MOST_UNREAD + " steps"));
            return 1;
        }
        if (isWithout() && steps > 1) {
            constants.report(Problem.at(
                            setting.span(),
                            Code.DEVICE_SETTING,
                            "`device " + clause.device() + "` already knows the loss of every step")
                    .label("it saves waiting for a GPU"));
        }
        return (int) steps;
    }

    /** The setting of a kind that may stand once; more of them are problems. */
    private <T extends DeviceSetting> Optional<T> setting(Class<T> kind) {
        var all = clause.settings().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
        all.stream()
                .skip(1)
                .forEach(another -> constants.report(Problem.at(
                                another.span(),
                                Code.DUPLICATE_CLAUSE,
                                "`%s` appears twice here"
                                        .formatted(another.span().text()))
                        .also(all.getFirst().span(), "the first one")));
        return all.stream().findFirst();
    }
}
