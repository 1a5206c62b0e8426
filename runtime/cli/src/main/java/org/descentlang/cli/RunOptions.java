package org.descentlang.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.model.CheckedUnit;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.data.DataFolders;
import org.descentlang.runtime.training.Trainer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands that run a `train` have in common. */
final class RunOptions {
    @Parameters(index = "0", paramLabel = "FILE", description = "The .opt file; - is standard input.")
    private Path file = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            description = "Which `train` of the file, if it has several.")
    private String name = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where relative data paths are looked for first, before the working directory and the folders of FILE.")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "Use this seed instead of the file's.")
    private Optional<Long> seed = Optional.empty();

    @Mixin
    private Overrides overrides = new Overrides();

    Path file() {
        return file;
    }

    /** The `train` that is named, if one is. */
    Optional<String> name() {
        return Optional.of(name).filter(text -> !text.isEmpty());
    }

    Overrides overrides() {
        return overrides;
    }

    TrainingSpec training(CheckedUnit unit) {
        var trainings = unit.trainings();
        var names = String.join(", ", trainings.stream().map(TrainingSpec::name).toList());
        if (trainings.isEmpty()) {
            throw new UserException(file + " has no `train`");
        }
        if (name.isEmpty() && trainings.size() > 1) {
            throw new UserException(file + " has several `train`s; name one of " + names);
        }
        return trainings.stream()
                .filter(training -> name.isEmpty() || training.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UserException(file + " has no `train " + name + "`; it has " + names));
    }

    /** Sets what this says. */
    void configure(Trainer trainer) {
        trainer.folders(new DataFolders(folders()));
        seed.ifPresent(trainer::seed);
    }

    /** Given folder, working directory, and those of the file. */
    private List<Path> folders() {
        var folders = new ArrayList<Path>();
        data.ifPresent(folder -> folders.add(existing(folder)));
        folders.add(Path.of(""));
        folders.addAll(SourceFolders.of(file));
        return folders;
    }

    private static Path existing(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UserException(folder + ": there is no such folder for --data");
        }
        return folder;
    }
}
