package org.descentlang.cli;

import java.util.Optional;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.model.DeviceSpec;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.compiler.source.Span;
import org.descentlang.runtime.device.DeviceSearch;
import picocli.CommandLine.Option;

/** `--device`, in place of the file's. */
final class DeviceOption {
    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "The device to train on, instead of the file's: auto, cpu, gpu, fpga, or a name such as 0:1.")
    private Optional<String> given = Optional.empty();

    /** What is wrong with it as it is written. */
    Optional<Problem> mistake() {
        return given.filter(name -> !DeviceSpec.isName(name))
                .map(name -> Problem.at(span(name), Code.DEVICE_NAME, "`" + name + "` is not a device")
                        .label("auto, cpu, gpu, fpga, or a name such as 0:1"));
    }

    /** This, or else the file's. */
    String orElse(String clause) {
        return given.orElse(clause);
    }

    /** What there may be to choose from; TornadoVM is not asked in vain. */
    DeviceSearch devices() {
        return given.filter("cpu"::equals).isPresent() ? DeviceSearch.NONE : DeviceSearch.ofAll();
    }

    /**
     * The device that a clause means: a CPU where it means none, so that other trainings of the file are compiled all
     * the same.
     */
    String chosen(String clause, DeviceSearch devices) {
        String wanted = wanted(clause, devices);
        return devices.find(wanted).isPresent() ? wanted : "cpu";
    }

    /** Reports a device that is not there, at the place that asks for it. */
    Optional<Problem> missing(DeviceSpec clause, DeviceSearch devices) {
        String wanted = wanted(clause.name(), devices);
        if (wanted.equals("cpu") || devices.find(wanted).isPresent()) {
            return Optional.empty();
        }
        var missing = devices.missing(wanted);
        Span place = given.map(DeviceOption::span).orElse(clause.span());
        return Optional.of(Problem.at(place, Code.NO_DEVICE, missing.title())
                .label(missing.there())
                .help(missing.help()));
    }

    private String wanted(String clause, DeviceSearch devices) {
        String wanted = orElse(clause);
        return wanted.equals("auto") ? devices.automatic() : wanted;
    }

    private static Span span(String name) {
        return new Span(SourceFile.of("--device", name), 0, name.length());
    }
}
